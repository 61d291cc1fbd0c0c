import { SecretFilter } from "./secret_filter.ts";

/** Stands for a secret wherever one would be shown. */
const MASK = "***";

/** Shorter secrets are not looked for: they would make every text unreadable. */
const SHORTEST = 3;

/** Parts of a secret, such as its lines, are secrets of their own from this length on. */
const SHORTEST_PART = 8;

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
  #forms: readonly string[] = [];
  #pattern: RegExp | undefined;

  /** Notes a secret; one of fewer than three characters is ignored. */
  addSecret(secret: string): void {
    this.#add(secret, SHORTEST);
    // A secret is often shown, or used, without the line break at its end.
    this.#add(secret.trim(), SHORTEST);
    for (const line of secret.split(/\r?\n/)) this.#add(line.trim(), SHORTEST_PART);
  }

  /** Notes a secret that may be more than a text: of plain data, the longer texts and numbers in it. */
  addSecretValue(value: unknown): void {
    if (typeof value === "string") return this.addSecret(value);
    if (typeof value === "boolean" || value === undefined || value === null) return;
    this.#add(JSON.stringify(value), SHORTEST_PART);
    this.#addParts(value);
  }

  get hasSecrets(): boolean {
    return this.#secrets.size > 0;
  }

  /**
   * Every text that is replaced, the longest first: a secret may be part of another one. The same list
   * until there is a new secret.
   */
  get forms(): readonly string[] {
    if (this.#forms.length !== this.#secrets.size) {
      this.#forms = [...this.#secrets].sort((a, b) => b.length - a.length);
      this.#pattern = new RegExp(this.#forms.map(RegExp.escape).join("|"), "g");
    }
    return this.#forms;
  }

  /** The text without secrets. */
  redact(text: string): string {
    return this.forms.length === 0 ? text : text.replace(this.#pattern!, MASK);
  }

  /**
   * Takes secrets out of bytes that come in pieces.
   *
   * @param keepsLength whether a secret is replaced by as many asterisks as it has bytes, as formats
   * with offsets in them need it.
   */
  filter(keepsLength = false): SecretFilter {
    return new SecretFilter(() => this.forms, keepsLength ? undefined : MASK);
  }

  /**
   * A copy of plain data without secrets in its texts and keys; the data itself if it has none.
   *
   * @param kept what stays as it is.
   */
  redactData<T>(value: T, kept: KeptTexts = NONE): T {
    return this.hasSecrets ? this.#redacted(value, kept) as T : value;
  }

  /** Paths of the texts and keys in plain data that have a secret in them: `users[0].token`. */
  secretPaths(value: unknown, kept: KeptTexts = NONE, path = ""): string[] {
    if (!this.hasSecrets) return [];
    if (typeof value === "string") {
      return kept.texts.has(value) || this.redact(value) === value ? [] : [path];
    }
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, member]) => {
      const step = Array.isArray(value) ? `[${key}]` : path === "" ? key : `.${key}`;
      const inKey = kept.keys.has(key) || this.redact(key) === key
        ? []
        : [this.redact(`${path}${step}`)];
      return [...inKey, ...this.secretPaths(member, kept, `${path}${step}`)];
    });
  }

  #add(secret: string, shortest: number): void {
    if (secret.length >= shortest) formsOf(secret).forEach((form) => this.#secrets.add(form));
  }

  #addParts(value: unknown): void {
    if (typeof value === "string") return this.#add(value, SHORTEST_PART);
    if (typeof value === "number") return this.#add(String(value), SHORTEST_PART);
    if (typeof value === "object" && value !== null) {
      Object.values(value).forEach((member) => this.#addParts(member));
    }
  }

  #redacted(value: unknown, kept: KeptTexts): unknown {
    if (typeof value === "string") return kept.texts.has(value) ? value : this.redact(value);
    if (Array.isArray(value)) return value.map((item) => this.#redacted(item, kept));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        kept.keys.has(key) ? key : this.redact(key),
        this.#redacted(member, kept),
      ]),
    );
  }
}

/** What is known not to be a secret although it may look like one. */
export interface KeptTexts {
  /** Whole texts. */
  readonly texts: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
}

const NONE: KeptTexts = { texts: new Set(), keys: new Set() };

/** A secret as it is written in texts, in JSON (also JSON in JSON), by `Deno.inspect` and in URLs. */
function formsOf(secret: string): string[] {
  const json = jsonText(secret);
  const inspected = inspectedText(json);
  const texts = [secret, json, jsonText(json), inspected, inspected.replaceAll('\\"', '"')];
  if (!secret.isWellFormed()) return texts;
  const query = new URLSearchParams([["", secret]]).toString().slice(1);
  return [...texts, encodeURIComponent(secret), query];
}

/** The text inside a JSON literal as `Deno.inspect` writes it in double quotes. */
function inspectedText(json: string): string {
  return json
    .replaceAll("\\u000b", "\\v")
    .replaceAll(/\\u00([01][0-9a-f])/g, "\\x$1")
    .replaceAll(/[\x7f-\x9f]/g, (character) => `\\x${character.charCodeAt(0).toString(16)}`);
}

function jsonText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
