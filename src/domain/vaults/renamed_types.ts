/** Vault types that were renamed, by their old names (contract: authoring 6.2). */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ["aws", "@swamp/aws-sm"],
  ["aws-sm", "@swamp/aws-sm"],
  ["azure", "@swamp/azure-kv"],
  ["azure-kv", "@swamp/azure-kv"],
  ["1password", "@swamp/1password"],
]);

/** The new name of a normalised vault type that was renamed, `undefined` for any other. */
export function renamedVaultType(type: string): string | undefined {
  return RENAMED.get(type);
}
