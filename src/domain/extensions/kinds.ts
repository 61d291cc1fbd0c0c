/**
 * The six kinds of extension as one table. Discovery, bundling, indexing, the catalog, loading and
 * every command on top read this table; nothing else in swamp enumerates kinds.
 *
 * @module
 */

/** What an extension source can contribute. */
export type ExtensionKind = "model" | "extension" | "vault" | "driver" | "datastore" | "report";

/** Folder, settings and names of one kind (contract: extensions 1.1). */
export interface KindRow {
  readonly kind: ExtensionKind;
  /** Name of the `export const` that carries the definition. */
  readonly exportName: string;
  /** Folder below `extensions/` and below an installed package. */
  readonly folder: string;
  /** Environment variable that names the source folder; wins over the setting. */
  readonly folderVariable: string;
  /** Key in `.swamp.yaml` that names the source folder. */
  readonly folderSetting: string;
  /** Folder below `.swamp/` that holds the bundles. */
  readonly bundleFolder: string;
  /** Property of the export that names the type. */
  readonly nameField: "type" | "name";
  /** Whether two sources may claim the same name (only extensions of a base type may). */
  readonly shared: boolean;
}

const row = (
  kind: ExtensionKind,
  plural: string,
  bundleFolder: string,
  more: Partial<KindRow> = {},
): KindRow => ({
  kind,
  exportName: kind,
  folder: plural,
  folderVariable: `SWAMP_${plural.toUpperCase()}_DIR`,
  folderSetting: `${plural}Dir`,
  bundleFolder,
  nameField: "type",
  shared: false,
  ...more,
});

/** Every kind, in the order in which sources of one folder are tried. */
export const KINDS: Readonly<Record<ExtensionKind, KindRow>> = {
  model: row("model", "models", "bundles"),
  extension: row("extension", "models", "bundles", { shared: true }),
  vault: row("vault", "vaults", "vault-bundles"),
  driver: row("driver", "drivers", "driver-bundles"),
  datastore: row("datastore", "datastores", "datastore-bundles"),
  report: row("report", "reports", "report-bundles", { nameField: "name" }),
};

/** All rows of {@linkcode KINDS}. */
export const KIND_ROWS: readonly KindRow[] = Object.values(KINDS);

/** What messages call a type of a kind: `vault type`, but `report`, which is called by its name. */
export function typeNoun(kind: ExtensionKind): string {
  return KINDS[kind].nameField === "type" ? `${kind} type` : kind;
}

/** The kinds whose sources live in one folder, such as `model` and `extension` in `models`. */
export function kindsOfFolder(folder: string): readonly KindRow[] {
  return KIND_ROWS.filter((candidate) => candidate.folder === folder);
}
