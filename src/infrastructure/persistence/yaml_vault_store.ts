import { dirname, join, relative } from "@std/path";
import { messageOf, UserError } from "../../domain/errors.ts";
import type { DamageReporter } from "../../domain/repository/damage.ts";
import { isMap } from "../../domain/repository/settings_check.ts";
import type { BrokenVault, StoredVault, Vault } from "../../domain/vaults/vault.ts";
import { readVault, vaultDocument } from "../../domain/vaults/vault_document.ts";
import type { VaultListing, VaultStore } from "../../domain/vaults/vault_store.ts";
import { createFileExclusively, writeFileAtomically } from "./atomic_file.ts";
import { removeFoldersWhileEmpty } from "./empty_folders.ts";
import type { RepositoryLayout } from "./repository_layout.ts";
import { yamlFilesBelow } from "./yaml_files.ts";
import { parseYaml } from "./yaml_reader.ts";
import { yamlText } from "./yaml_writer.ts";

/** What {@linkcode createVaultStore} tells while it reads. */
export interface VaultStoreListeners {
  /** Told once of every file that could not be read as a vault. */
  readonly report: DamageReporter;
  /** Takes one line for the user, once for every vault whose type was renamed. */
  readonly warn: (message: string) => void;
}

/** The vaults of a repository, kept as YAML files below `vaults/`, one each. */
export function createVaultStore(
  layout: RepositoryLayout,
  listeners: VaultStoreListeners,
): VaultStore {
  return new YamlVaultStore(layout, listeners);
}

type ReadFile =
  | { readonly stored: StoredVault; readonly renamedFrom?: string }
  | { readonly broken: BrokenVault };

class YamlVaultStore implements VaultStore {
  readonly #layout: RepositoryLayout;
  readonly #listeners: VaultStoreListeners;
  readonly #told = new Set<string>();

  constructor(layout: RepositoryLayout, listeners: VaultStoreListeners) {
    this.#layout = layout;
    this.#listeners = listeners;
  }

  async list(): Promise<VaultListing> {
    const read = await Promise.all(
      (await yamlFilesBelow(this.#layout.vaults)).map((path) => this.#read(path)),
    );
    // Only now, so that what is told is in the order of the files.
    for (const file of read) this.#tell(file);
    return {
      vaults: read.flatMap((file) => "stored" in file ? [file.stored] : []).sort(byCreation),
      broken: read.flatMap((file) => "broken" in file ? [file.broken] : []),
    };
  }

  async parse(text: string): Promise<unknown> {
    try {
      return await parseYaml(text);
    } catch (error) {
      throw new UserError("invalid_yaml", messageOf(error), { cause: error });
    }
  }

  async add(vault: Vault): Promise<StoredVault> {
    const path = join(this.#layout.vaults, ...vault.type.split("/"), `${vault.id}.yaml`);
    const file = this.#file(path);
    const isNew = await writing(file, async () => {
      await Deno.mkdir(dirname(path), { recursive: true });
      return await createFileExclusively(path, yamlText(vaultDocument(vault)));
    });
    if (isNew) return { vault, path, file };
    throw new UserError("vault_exists", `Cannot write ${file}: the file exists already`);
  }

  async replace(path: string, vault: Vault, text: string): Promise<void> {
    const { parseDocument } = await import("./yaml_document.ts");
    const document = parseDocument(text, { logLevel: "error", compat: "yaml-1.1" });
    const said: unknown = document.toJS();
    for (const [field, value] of Object.entries(vaultDocument(vault))) {
      const isSaid = isMap(said) && JSON.stringify(said[field]) === JSON.stringify(value);
      if (!isSaid) document.set(field, document.createNode(value));
    }
    await writing(this.#file(path), async () => {
      // A link stays a link: what it leads to is rewritten.
      const target = await Deno.realPath(path);
      await writeFileAtomically(target, document.toString({ singleQuote: true, lineWidth: 0 }));
    });
  }

  async remove(path: string): Promise<void> {
    await writing(this.#file(path), () => Deno.remove(path));
    await removeFoldersWhileEmpty(dirname(path), this.#layout.vaults);
  }

  async #read(path: string): Promise<ReadFile> {
    const file = this.#file(path);
    let document: unknown;
    try {
      document = await parseYaml(await Deno.readTextFile(path));
    } catch (error) {
      return { broken: { path, file, reason: messageOf(error) } };
    }
    const read = readVault(document);
    if (read.vault === undefined) {
      const reason = read.problems.join("; ");
      return { broken: { path, file, reason, ...identityOf(document) } };
    }
    const { vault, renamedFrom } = read;
    const stored = { vault, path, file };
    return renamedFrom === undefined ? { stored } : { stored, renamedFrom };
  }

  /** Tells once of each file what its user should know. */
  #tell(read: ReadFile): void {
    const { path, file } = "broken" in read ? read.broken : read.stored;
    if (this.#told.has(path)) return;
    this.#told.add(path);
    if ("broken" in read) {
      this.#listeners.report({ path, reason: read.broken.reason });
    } else if (read.renamedFrom !== undefined) {
      const { name, type } = read.stored.vault;
      this.#listeners.warn(
        `Vault '${name}' has the type '${read.renamedFrom}', which is called '${type}' ` +
          `now. Change it in ${file}.`,
      );
    }
  }

  #file(path: string): string {
    return relative(this.#layout.root, path).replaceAll("\\", "/");
  }
}

/** Name and id of a file that is a map, but no vault. */
function identityOf(document: unknown): Pick<BrokenVault, "name" | "id"> {
  if (!isMap(document)) return {};
  const { name, id } = document;
  return {
    ...(typeof name === "string" ? { name } : {}),
    ...(typeof id === "string" ? { id } : {}),
  };
}

function byCreation(a: StoredVault, b: StoredVault): number {
  const [createdA, createdB] = [a.vault.createdAt, b.vault.createdAt];
  if (createdA !== createdB) return createdA < createdB ? -1 : 1;
  return a.vault.name < b.vault.name ? -1 : 1;
}

/** Does what changes a file; a refusal of the system names the file. */
async function writing<T>(file: string, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    throw new UserError("not_writable", `Cannot write ${file}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
