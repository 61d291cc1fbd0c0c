/** What a vault type makes of a vault's name and config (contract: authoring 1.3). */
export interface VaultProvider {
  /** The secret under a key; throws when there is none. */
  get(key: string): Promise<string>;
  /** Creates a secret or overwrites it. */
  put(key: string, value: string): Promise<void>;
  /** Keys only, never values. */
  list(): Promise<readonly string[]>;
  getName(): string;
  /** Deletes a secret; throws when there is none. Absent where a type cannot delete. */
  delete?(key: string): Promise<void>;
  /**
   * Deletes every secret, and whatever else was made for this vault alone. Only types whose secrets
   * belong to this vault and to nobody else have it; gives the number of secrets.
   */
  deleteAll?(): Promise<number>;
  /** Why no secret can be put here, as a sentence of its own; absent where secrets can be put. */
  readonly readOnly?: string;
}

const REQUIRED = ["get", "put", "list", "getName"] as const;

/** The methods that something lacks to be a provider, in the order of the contract. */
export function missingProviderMethods(candidate: unknown): string[] {
  if (typeof candidate !== "object" || candidate === null) return [...REQUIRED];
  const members = candidate as Readonly<Record<string, unknown>>;
  return REQUIRED.filter((name) => typeof members[name] !== "function");
}
