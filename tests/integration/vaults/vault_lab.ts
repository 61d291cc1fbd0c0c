import { join } from "@std/path";
import type { LocalEncryptionConfig } from "../../../src/domain/vaults/builtin/local_encryption_config.ts";
import { LOCAL_ENCRYPTION } from "../../../src/domain/vaults/builtin/local_encryption.ts";
import type { VaultProvider } from "../../../src/domain/vaults/vault_provider.ts";
import {
  localPlace,
  type RepositoryLayout,
  repositoryLayout,
} from "../../../src/infrastructure/persistence/repository_layout.ts";
import {
  createVaultHost,
  type Environment,
} from "../../../src/infrastructure/vaults/local_vault_host.ts";

/** A vault of the type `local_encryption`, as its type makes it. */
export type LocalVault = VaultProvider & Required<Pick<VaultProvider, "delete" | "deleteAll">>;

/** The vault of that name in the repository at `root`. */
export function localVault(
  root: string,
  name: string,
  config: LocalEncryptionConfig = { auto_generate: true },
  warn: (message: string) => void = () => {},
  environment?: Environment,
): LocalVault {
  const create = LOCAL_ENCRYPTION.create as (...given: unknown[]) => LocalVault;
  const host = createVaultHost(repositoryLayout(root, localPlace(root)), warn, environment);
  return create(name, config, host);
}

/** A folder that may become a repository, with the vault `v` in mind. */
export class VaultLab implements Disposable {
  readonly root = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "swamp-vault-" }));
  readonly layout: RepositoryLayout = repositoryLayout(this.root, localPlace(this.root));
  readonly warnings: string[] = [];
  /** The folder of its secrets. */
  readonly folder = join(this.layout.secrets, "local_encryption", "v");

  /** The vault `v`, opened anew. */
  vault(config?: LocalEncryptionConfig): LocalVault {
    return localVault(this.root, "v", config, (message) => this.warnings.push(message));
  }

  /** The vault `v` for somebody whose home folder is the repository. */
  vaultAtHome(config?: LocalEncryptionConfig): LocalVault {
    const variables = { HOME: this.root };
    const environment = {
      get: (name: string) => Object.entries(variables).find(([key]) => key === name)?.[1],
      toObject: () => variables,
    };
    return localVault(
      this.root,
      "v",
      config,
      (message) => this.warnings.push(message),
      environment,
    );
  }

  /** Absolute path of something among its secrets. */
  secret(file: string): string {
    return join(this.folder, file);
  }

  /** Writes a file with permissions; gives its absolute path. */
  write(name: string, text: string, mode = 0o600): string {
    const path = join(this.root, name);
    Deno.writeTextFileSync(path, text);
    Deno.chmodSync(path, mode);
    return path;
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.root, { recursive: true });
  }
}

/** Permission bits of a file or folder, in octal. */
export function modeOf(path: string): string {
  return (Deno.statSync(path).mode! & 0o777).toString(8);
}
