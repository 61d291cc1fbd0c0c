/**
 * Texts in data that stand for secrets (contract: authoring 3.5): `${{ vault.get('main', 'key') }}`, a
 * whole text, both arguments in quotes. That is what swamp writes in the place of a sensitive value, and
 * what it wrote there ever.
 *
 * @module
 */
import { literalText } from "../expressions/string_literal.ts";

/** Where a secret is. */
export interface SecretReference {
  readonly vault: string;
  readonly key: string;
}

const LITERAL = String.raw`'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"`;
const REFERENCE = new RegExp(
  String.raw`^\$\{\{\s*vault\.get\(\s*(${LITERAL})\s*,\s*(${LITERAL})\s*\)\s*\}\}$`,
);

/** Whether a text in data stands for a secret that is in a vault. */
export function isSecretReference(text: string): boolean {
  return REFERENCE.test(text);
}

/**
 * The text that stands for a secret. It is an expression too, with the same meaning.
 *
 * @example
 * ```ts
 * referenceText({ vault: "main", key: "it's" }); // "${{ vault.get('main', 'it\\'s') }}"
 * ```
 */
export function referenceText({ vault, key }: SecretReference): string {
  return `\${{ vault.get(${literal(vault)}, ${literal(key)}) }}`;
}

/** What a text stands for; `undefined` where it is just a text. */
export function parseReference(text: string): SecretReference | undefined {
  const [, vault, key] = REFERENCE.exec(text) ?? [];
  if (vault === undefined || key === undefined) return undefined;
  return { vault: literalText(vault), key: literalText(key) };
}

function literal(text: string): string {
  return `'${text.replaceAll(/['\\]/g, (character) => `\\${character}`)}'`;
}
