/** Stands for a secret wherever one would be shown. */
const MASK = "***";

/** Shorter secrets are not looked for: they would make every text unreadable. */
const SHORTEST = 3;

/** Lines of a secret that are at least so long are secrets of their own, as a log shows lines. */
const SHORTEST_LINE = 8;

/**
 * Replaces secrets by `***` (contract: authoring 4.7): as they are, as JSON, URLs and `Deno.inspect` write
 * them, and line by line.
 *
 * @example
 * ```ts
 * const redactor = new Redactor();
 * redactor.addSecret("hunter2");
 * redactor.redact("password=hunter2"); // "password=***"
 * ```
 */
export class Redactor {
  readonly #secrets = new Set<string>();
  #pattern: RegExp | undefined;

  /** Notes a secret; one of fewer than three characters is ignored. */
  addSecret(secret: string): void {
    if (secret.length < SHORTEST) return;
    this.#add(secret);
    for (const line of secret.split(/\r?\n/)) {
      if (line !== secret && line.trim().length >= SHORTEST_LINE) this.#add(line.trim());
    }
    this.#pattern = undefined;
  }

  get hasSecrets(): boolean {
    return this.#secrets.size > 0;
  }

  /** The text without secrets. */
  redact(text: string): string {
    if (!this.hasSecrets) return text;
    // Longest first: a secret may be part of another one.
    this.#pattern ??= new RegExp(
      [...this.#secrets].sort((a, b) => b.length - a.length).map(RegExp.escape).join("|"),
      "g",
    );
    return text.replace(this.#pattern, MASK);
  }

  /** A copy of plain data without secrets in its texts and keys; the data itself if it has none. */
  redactData<T>(value: T): T {
    return this.hasSecrets ? this.#redacted(value) as T : value;
  }

  /** Paths of the texts in plain data that have a secret in them: `users[0].token`. */
  secretPaths(value: unknown, path = ""): string[] {
    if (!this.hasSecrets) return [];
    if (typeof value === "string") return this.redact(value) === value ? [] : [path];
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, member]) => {
      const step = Array.isArray(value) ? `[${key}]` : path === "" ? key : `.${key}`;
      return this.secretPaths(member, `${path}${step}`);
    });
  }

  #add(secret: string): void {
    const json = JSON.stringify(secret).slice(1, -1);
    const inspected = json.replaceAll('\\"', '"');
    for (const form of [secret, json, inspected]) this.#secrets.add(form);
    if (secret.isWellFormed()) this.#secrets.add(encodeURIComponent(secret));
  }

  #redacted(value: unknown): unknown {
    if (typeof value === "string") return this.redact(value);
    if (Array.isArray(value)) return value.map((item) => this.#redacted(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [this.redact(key), this.#redacted(member)]),
    );
  }
}
