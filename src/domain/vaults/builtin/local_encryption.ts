import type { Provider } from "../../extensions/shapes/provider_shape.ts";
import { messageOf, UserError } from "../../errors.ts";
import { requireFileKey } from "../secret_key.ts";
import type { VaultHost } from "../vault_host.ts";
import { didYouMean } from "../vault_lookup.ts";
import type { VaultProvider } from "../vault_provider.ts";
import { EncryptionKeys } from "./encryption_keys.ts";
import { LOCAL_ENCRYPTION_CONFIG, type LocalEncryptionConfig } from "./local_encryption_config.ts";
import { decryptSecret, encryptSecret, WrongKeyError } from "./secret_cipher.ts";

const SUFFIX = ".enc";
/** What file systems take, less the suffix. */
const MAX_KEY_BYTES = 255 - SUFFIX.length;

/** Vault type `local_encryption`: encrypted files in the repository (contract: authoring 6.2). */
export const LOCAL_ENCRYPTION: Provider = {
  raw: "local_encryption",
  type: "local_encryption",
  name: "Local Encryption",
  description: "Files in the repository, encrypted with a key that stays on this machine",
  configSchema: LOCAL_ENCRYPTION_CONFIG,
  create: (name: string, config: LocalEncryptionConfig, host: VaultHost): VaultProvider =>
    new LocalEncryptionVault(name, config, host),
};

class LocalEncryptionVault implements VaultProvider {
  readonly #name: string;
  readonly #config: LocalEncryptionConfig;
  readonly #host: VaultHost;
  #place: Promise<{ readonly folder: string; readonly keys: EncryptionKeys }> | undefined;

  constructor(name: string, config: LocalEncryptionConfig, host: VaultHost) {
    this.#name = name;
    this.#config = config;
    this.#host = host;
  }

  getName(): string {
    return this.#name;
  }

  async get(key: string): Promise<string> {
    const { folder, keys } = await this.#open();
    const path = pathOf(folder, key);
    const text = await this.#host.files.read(path);
    if (text === undefined) throw await this.#notFound(key);
    for (const material of await keys.forReading()) {
      try {
        return await decryptSecret(text, material);
      } catch (error) {
        if (!(error instanceof WrongKeyError)) throw this.#unreadable(key, path, messageOf(error));
      }
    }
    throw this.#unreadable(key, path, "it was encrypted with another key, or changed since");
  }

  async put(key: string, value: string): Promise<void> {
    const { folder, keys } = await this.#open();
    const path = pathOf(folder, key);
    if (!value.isWellFormed()) {
      throw new UserError("invalid_secret", `The value of secret '${key}' is not valid Unicode`);
    }
    const text = await encryptSecret(value, await keys.forWriting());
    await this.#host.files.write(path, text);
  }

  async list(): Promise<readonly string[]> {
    const { folder } = await this.#open();
    return (await this.#host.files.names(folder))
      .filter((name) => name.endsWith(SUFFIX) && name !== SUFFIX)
      .map((name) => name.slice(0, -SUFFIX.length))
      .sort();
  }

  async delete(key: string): Promise<void> {
    const { folder } = await this.#open();
    if (!await this.#host.files.remove(pathOf(folder, key))) throw await this.#notFound(key);
  }

  async deleteAll(): Promise<number> {
    const { folder } = await this.#open();
    const keys = await this.list();
    await this.#host.files.removeFolder(folder);
    return keys.length;
  }

  #open() {
    return this.#place ??= this.#findPlace();
  }

  async #findPlace() {
    const folder = await this.#findFolder();
    return { folder, keys: new EncryptionKeys(this.#name, this.#config, folder, this.#host) };
  }

  /**
   * The folder of the vault's secrets. Vaults used to be created with the repository's absolute path
   * as `base_dir`; where that is gone, because the repository was moved or cloned, it does not count.
   */
  async #findFolder(): Promise<string> {
    const { files, secretsFolder, warn } = this.#host;
    const own = `${secretsFolder}/local_encryption/${this.#name}`;
    const { base_dir } = this.#config;
    if (base_dir === undefined) return own;
    const base = this.#host.path(base_dir);
    // The repository itself: its secrets may be in a datastore.
    if (base === this.#host.path(".")) return own;
    if (await files.isFolder(base)) {
      return `${base}/.swamp/secrets/local_encryption/${this.#name}`;
    }
    if (!await files.isFolder(own)) {
      warn(
        `There is no folder '${base_dir}', which is base_dir of vault '${this.#name}'; its secrets ` +
          `are kept in the repository. 'swamp vault edit ${this.#name}' changes that.`,
      );
    }
    return own;
  }

  async #notFound(key: string): Promise<UserError> {
    return new UserError(
      "secret_not_found",
      `Secret '${key}' not found in local vault '${this.#name}'`,
      didYouMean(key, await this.list()),
    );
  }

  #unreadable(key: string, path: string, reason: string): UserError {
    return new UserError(
      "secret_unreadable",
      `Secret '${key}' in local vault '${this.#name}' cannot be decrypted: ${reason} (${path})`,
    );
  }
}

function pathOf(folder: string, key: string): string {
  requireFileKey(key, MAX_KEY_BYTES);
  return `${folder}/${key}${SUFFIX}`;
}
