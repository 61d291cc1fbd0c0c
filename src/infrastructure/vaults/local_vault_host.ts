import { resolve } from "@std/path";
import { withHome } from "../../domain/home_folder.ts";
import type { VaultHost } from "../../domain/vaults/vault_host.ts";
import type { RepositoryLayout } from "../persistence/repository_layout.ts";
import { localSecretFiles } from "./secret_files.ts";

/** Where environment variables are read. */
export type Environment = Pick<typeof Deno.env, "get" | "toObject">;

/**
 * This machine, as built-in vault types of a repository use it.
 *
 * @param warn takes one line for the user.
 */
export function createVaultHost(
  { root, secrets }: RepositoryLayout,
  warn: (message: string) => void,
  environment: Environment = Deno.env,
): VaultHost {
  const variable = (name: string) => environment.get(name);
  return {
    secretsFolder: secrets,
    path: (text) => resolve(root, withHome(text, variable)),
    files: localSecretFiles,
    variable,
    variableNames: () => Object.keys(environment.toObject()),
    warn,
  };
}
