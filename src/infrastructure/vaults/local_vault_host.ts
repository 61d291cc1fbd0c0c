import { resolve } from "@std/path";
import { withHome } from "../../domain/home_folder.ts";
import type { VaultHost } from "../../domain/vaults/vault_host.ts";
import type { RepositoryLayout } from "../persistence/repository_layout.ts";
import { localSecretFiles } from "./secret_files.ts";

/**
 * This machine, as built-in vault types of a repository use it.
 *
 * @param warn takes one line for the user.
 */
export function createVaultHost(
  { root, secrets }: RepositoryLayout,
  warn: (message: string) => void,
): VaultHost {
  const variable = (name: string) => Deno.env.get(name);
  return {
    secretsFolder: secrets,
    path: (text) => resolve(root, withHome(text, variable)),
    files: localSecretFiles,
    variable,
    variableNames: () => Object.keys(Deno.env.toObject()),
    warn,
  };
}
