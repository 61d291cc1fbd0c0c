/** Where expressions get secrets from. */
export interface SecretReader {
  /**
   * The secret under a key.
   *
   * @throws {UserError} that says which vault or key there is not.
   */
  get(vault: string, key: string): Promise<string>;
}
