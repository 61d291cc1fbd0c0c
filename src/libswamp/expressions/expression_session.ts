import {
  ExpressionError,
  type ParsedExpression,
  parseExpression,
} from "../../domain/expressions/cel.ts";
import { SecretTokens } from "../../domain/expressions/secret_tokens.ts";
import { messageOf, UserError } from "../../domain/errors.ts";
import type { Redactor } from "../../domain/redactor.ts";
import { secretValue } from "../../domain/vaults/stored_secret.ts";
import type { ExpressionSources } from "./sources.ts";
import { replaceTexts } from "./text_mapping.ts";

/** What the evaluation of one command's expressions shares: every source is asked once. */
export class ExpressionSession {
  readonly sources: ExpressionSources;
  readonly tokens = new SecretTokens();
  readonly #redactor: Redactor;
  readonly #parsed = new Map<string, ParsedExpression | ExpressionError>();
  readonly #secrets = new Map<string, Promise<unknown>>();
  readonly #known = new Set<string>();
  #environment: Readonly<Record<string, string>> | undefined;

  /** @param redactor told of every secret that is read. */
  constructor(sources: ExpressionSources, redactor: Redactor) {
    this.sources = sources;
    this.#redactor = redactor;
  }

  /**
   * As {@linkcode parseExpression}, once for every source.
   *
   * @throws {ExpressionError}
   */
  parse(source: string): ParsedExpression {
    const parsed = this.#parsed.get(source) ?? attempt(() => parseExpression(source));
    this.#parsed.set(source, parsed);
    if (parsed instanceof ExpressionError) throw parsed;
    return parsed;
  }

  /** All environment variables. */
  get environment(): Readonly<Record<string, string>> {
    return this.#environment ??= this.sources.environment();
  }

  /**
   * A secret: a text, or what swamp stored for a sensitive field.
   *
   * @throws {UserError} that begins with the expression that asks for it (contract: authoring 4.6).
   */
  async secret(vault: string, key: string): Promise<unknown> {
    const name = JSON.stringify([vault, key]);
    const reading = this.#secrets.get(name) ?? this.#readSecret(vault, key);
    this.#secrets.set(name, reading);
    return await reading;
  }

  /**
   * A text as it may be shown: as a token where it is a secret, or has one in it.
   *
   * @param mayBePart whether a part of a secret counts too.
   */
  guarded(text: string, mayBePart: boolean): string {
    for (const secret of this.#known) {
      const isSecret = text === secret ||
        (secret.length >= SHORTEST_PART && text.includes(secret)) ||
        (mayBePart && text.length >= SHORTEST_PART && secret.includes(text));
      if (!isSecret) continue;
      this.#redactor.addSecret(text);
      return this.tokens.token(text);
    }
    return text;
  }

  async #readSecret(vault: string, key: string): Promise<unknown> {
    let secret: string;
    try {
      secret = await (await this.sources.openSecrets()).get(vault, key);
    } catch (error) {
      throw new UserError(
        error instanceof UserError ? error.code : "vault_failed",
        `Failed to resolve vault expression vault.get(${vault}, ${key}): ${messageOf(error)}`,
        { cause: error, ...(error instanceof UserError ? { fields: error.fields } : {}) },
      );
    }
    const value = secretValue(key, secret);
    this.#redactor.addSecretValue(value);
    replaceTexts(value, (text) => {
      this.#known.add(text);
      return text;
    });
    return value;
  }
}

/** Shorter texts are in everything. */
const SHORTEST_PART = 3;

function attempt(parse: () => ParsedExpression): ParsedExpression | ExpressionError {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
}
