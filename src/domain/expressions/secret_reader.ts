/** Where expressions get secrets from. */
export interface SecretReader {
  /**
   * The secret under a key.
   *
   * @throws {UserError} that says which vault or key there is not.
   */
  get(vault: string, key: string): Promise<string>;
}

/** What swamp puts into data in the place of a secret: a whole text, its arguments in quotes. */
const REFERENCE =
  /^\$\{\{\s*vault\.get\(\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*,\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*\)\s*\}\}$/;

/** Whether a text in data stands for a secret that is in a vault (contract: authoring 3.5). */
export function isSecretReference(text: string): boolean {
  return REFERENCE.test(text);
}
