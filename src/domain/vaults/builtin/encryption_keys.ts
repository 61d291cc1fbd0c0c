import { messageOf, UserError } from "../../errors.ts";
import type { VaultHost } from "../vault_host.ts";
import type { LocalEncryptionConfig } from "./local_encryption_config.ts";
import { privateKeyBytes, SshKeyError } from "./ssh_key.ts";

/** Bytes that keys are derived from. */
export type KeyMaterial = Uint8Array<ArrayBuffer>;

/** Where a vault's key material may come from; at least one of the two is there. */
interface KeySources {
  readonly ssh?: { readonly shown: string; readonly isDefault: boolean };
  readonly file?: { readonly path: string; readonly mayCreate: boolean };
}

const DEFAULT_SSH_KEY = "~/.ssh/id_rsa";
/** Permission bits that let anybody but the owner in. */
const OTHERS = 0o077;

/**
 * The key material of one `local_encryption` vault: the SSH key that its config names, else its own key
 * file, else the user's default SSH key. With an SSH key _and_ `auto_generate` the key file stands in
 * for an SSH key that cannot be used, and what was encrypted with either can be read.
 */
export class EncryptionKeys {
  readonly #vault: string;
  readonly #folder: string;
  readonly #host: VaultHost;
  readonly #sources: KeySources;
  #isTold = false;

  /** @param folder absolute folder of the vault's secrets. */
  constructor(vault: string, config: LocalEncryptionConfig, folder: string, host: VaultHost) {
    this.#vault = vault;
    this.#folder = folder;
    this.#host = host;
    this.#sources = sourcesOf(config, folder, host);
  }

  /**
   * The material to encrypt with. A key is made where the config allows it, but never for a vault that
   * has secrets already: those were encrypted with a key that is missing.
   *
   * @throws {UserError} `invalid_vault_key`, saying what to do.
   */
  async forWriting(): Promise<KeyMaterial> {
    // Looked at before the key: who sees a secret and then no key can be sure that the key is gone.
    const names = await this.#host.files.names(this.#folder);
    const [material] = await this.#materials();
    if (material !== undefined) return material;
    const { path, mayCreate } = this.#sources.file!;
    if (!mayCreate || names.some((name) => name.endsWith(".enc"))) throw this.#missing(path);
    await this.#host.files.create(path, crypto.randomUUID() + crypto.randomUUID());
    const created = await this.#readFile(path);
    if (created === undefined) throw this.#missing(path);
    return created;
  }

  /**
   * Everything that a secret may have been encrypted with, the likeliest first; at least one.
   *
   * @throws {UserError} `invalid_vault_key`, saying what to do.
   */
  async forReading(): Promise<readonly KeyMaterial[]> {
    const materials = await this.#materials();
    if (materials.length === 0) throw this.#missing(this.#sources.file!.path);
    return materials;
  }

  /** What there is; nothing only where a key file is missing. */
  async #materials(): Promise<KeyMaterial[]> {
    const { ssh, file } = this.#sources;
    if (file === undefined) return [await this.#readSsh(ssh!)];
    const fromFile = await this.#readFile(file.path);
    const materials = fromFile === undefined ? [] : [fromFile];
    if (ssh === undefined) return materials;
    try {
      return [await this.#readSsh(ssh), ...materials];
    } catch (error) {
      this.#tell(`${messageOf(error)} Vault '${this.#vault}' uses its generated key instead.`);
      return materials;
    }
  }

  async #readSsh({ shown, isDefault }: NonNullable<KeySources["ssh"]>): Promise<KeyMaterial> {
    const path = this.#host.path(shown);
    const fail = (reason: string) =>
      invalidKey(
        `Failed to read ${isDefault ? "default " : ""}SSH key from '${shown}' for local vault ` +
          `'${this.#vault}': ${reason}. ` +
          "Set 'ssh_key_path' to a valid SSH private key or enable 'auto_generate'.",
      );
    const pem = await this.#host.files.read(path).catch((error) => {
      throw fail(messageOf(error));
    });
    if (pem === undefined) throw fail("there is no such file");
    await this.#checkPermissions("SSH key", shown, path);
    try {
      return privateKeyBytes(pem);
    } catch (error) {
      if (error instanceof SshKeyError) throw fail(error.message);
      throw error;
    }
  }

  async #readFile(path: string): Promise<KeyMaterial | undefined> {
    const text = await this.#host.files.read(path);
    if (text === undefined) return undefined;
    if (text === "") throw invalidKey(`Key file '${path}' is empty. Restore it from a backup.`);
    await this.#checkPermissions("Key file", path, path);
    return new TextEncoder().encode(text);
  }

  async #checkPermissions(what: string, shown: string, path: string): Promise<void> {
    const mode = await this.#host.files.permissions(path);
    if (mode === undefined || (mode & OTHERS) === 0) return;
    throw invalidKey(
      `${what} '${shown}' has insecure permissions (0o${mode.toString(8)}). Expected permissions ` +
        `no wider than 0o600. Run 'chmod 600 ${shown}' to fix.`,
    );
  }

  #missing(path: string): UserError {
    return invalidKey(
      `The key of local vault '${this.#vault}' is missing: there is no file '${path}'. ` +
        (this.#sources.file?.mayCreate
          ? "Without it the vault's secrets cannot be read. Restore it from a backup."
          : "Create it, or enable 'auto_generate'."),
    );
  }

  #tell(message: string): void {
    if (!this.#isTold) this.#host.warn(message);
    this.#isTold = true;
  }
}

function invalidKey(message: string): UserError {
  return new UserError("invalid_vault_key", message);
}

function sourcesOf(
  { ssh_key_path, auto_generate = false, key_file }: LocalEncryptionConfig,
  folder: string,
  host: VaultHost,
): KeySources {
  const path = key_file === undefined ? `${folder}/.key` : host.path(key_file);
  const file = { file: { path, mayCreate: auto_generate } };
  if (ssh_key_path !== undefined) {
    return { ssh: { shown: ssh_key_path, isDefault: false }, ...(auto_generate ? file : {}) };
  }
  if (auto_generate || key_file !== undefined) return file;
  return { ssh: { shown: DEFAULT_SSH_KEY, isDefault: true } };
}
