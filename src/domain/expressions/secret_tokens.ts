/**
 * Secrets on their way into the arguments of a method (contract: authoring 4.6). Everything that may be
 * shown or kept has tokens in their place, such as `__SWAMP_VSEC_9f86d081_0__`.
 */
export class SecretTokens {
  readonly #prefix = `__SWAMP_VSEC_${crypto.getRandomValues(new Uint8Array(4)).toHex()}_`;
  readonly #pattern = new RegExp(`${this.#prefix}(\\d+)__`, "g");
  readonly #secrets: string[] = [];

  /** The token of a secret; the same for the same secret. */
  token(secret: string): string {
    const known = this.#secrets.indexOf(secret);
    const index = known < 0 ? this.#secrets.push(secret) - 1 : known;
    return `${this.#prefix}${index}__`;
  }

  /** A copy of plain data with the secrets in the place of their tokens. */
  reveal<T>(value: T): T {
    return this.#secrets.length === 0 ? value : this.#revealed(value) as T;
  }

  /** A text parted at its tokens: texts, and secrets with their number. */
  partsOf(text: string): (string | NumberedSecret)[] {
    return text.split(this.#pattern).map((part, index) =>
      index % 2 === 0 ? part : { number: Number(part), secret: this.#secrets[Number(part)] ?? "" }
    ).filter((part) => part !== "");
  }

  #revealed(value: unknown): unknown {
    if (typeof value === "string") {
      return this.partsOf(value).map((part) => typeof part === "string" ? part : part.secret)
        .join("");
    }
    if (Array.isArray(value)) return value.map((item) => this.#revealed(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, this.#revealed(member)]),
    );
  }
}

/** A secret in a text. */
export interface NumberedSecret {
  /** From 0, the same for the same secret. */
  readonly number: number;
  readonly secret: string;
}
