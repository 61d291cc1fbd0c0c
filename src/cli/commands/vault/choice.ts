import { getVault, type StoredVaultDocument } from "../../../libswamp/vaults/get.ts";
import { mentionsVault, searchVaults, type VaultSummary } from "../../../libswamp/vaults/search.ts";
import type { CommandContext } from "../../context.ts";
import { VAULTS } from "../../output/vaults/search.ts";
import { renderStoredVault } from "../../output/vaults/vault.ts";
import type { Choice } from "../../picker/choice.ts";
import { reportedProviderTypes } from "../types/reported_types.ts";

/** The vaults that somebody may pick. */
export async function vaultChoice(
  context: CommandContext,
): Promise<Choice<VaultSummary, StoredVaultDocument>> {
  const vaults = await context.services.vaults();
  const { results } = await searchVaults(vaults, "");
  const types = reportedProviderTypes(context, "vault");
  if (results.length > 0) await types();
  return {
    listing: VAULTS,
    find: (query) => results.filter((vault) => mentionsVault(vault, query)),
    names: ({ name }) => [name],
    id: ({ id }) => id,
    get: ({ id }) => getVault({ vaults, types }, id),
    render: renderStoredVault,
  };
}
