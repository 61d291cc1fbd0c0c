/**
 * The folders of `.swamp` that can be kept elsewhere (contract: cli-core 12.1, cli-automation 8).
 *
 * @module
 */

/** What commands write, which a datastore keeps. */
export const DATASTORE_FOLDERS = [
  "definitions-evaluated",
  "workflows-evaluated",
  "data",
  "outputs",
  "workflow-runs",
  "secrets",
  "audit",
  "telemetry",
  "logs",
  "files",
] as const;

/** One of {@linkcode DATASTORE_FOLDERS}. */
export type DatastoreFolder = typeof DATASTORE_FOLDERS[number];

/** Where the folders of a repository are. */
export interface DatastorePlace {
  /** Absolute path of the folder that has them in it. */
  readonly path: string;
  /** Those that are there; the others stay in `.swamp`. */
  readonly folders: readonly DatastoreFolder[];
}

/** Which folders a datastore keeps, as somebody has written it. */
export interface FolderChoice {
  /** The folders to keep; all of them if left out. */
  readonly directories?: readonly string[];
  /** Folders that stay in `.swamp` all the same; `*` stands for any part of a name. */
  readonly exclude?: readonly string[];
}

/** Folders that a datastore keeps, and the words of the choice that name none. */
export interface ChosenFolders {
  readonly folders: readonly DatastoreFolder[];
  readonly unknown: readonly string[];
}

/**
 * The folders that a datastore keeps. The compiled extensions, which other versions of swamp kept there
 * as well, are known by name and always stay (contract: extensions B34).
 *
 * @example
 * ```ts
 * chosenFolders({ directories: ["data", "bundles"] }); // { folders: ["data"], unknown: [] }
 * chosenFolders({ exclude: ["secrets/", "*-evaluated"] }).folders.includes("secrets"); // false
 * ```
 */
export function chosenFolders({ directories, exclude = [] }: FolderChoice): ChosenFolders {
  const wanted = directories ?? DATASTORE_FOLDERS;
  const excluded = exclude.map(patternOf);
  const folders = DATASTORE_FOLDERS.filter((folder) =>
    wanted.includes(folder) && !excluded.some((pattern) => pattern.test(folder))
  );
  const known = [...DATASTORE_FOLDERS, ...LOCAL_FOLDERS];
  return {
    folders,
    unknown: [
      ...wanted.filter((name) => !(known as string[]).includes(name)),
      ...exclude.filter((_, at) => !known.some((name) => excluded[at]!.test(name))),
    ],
  };
}

/** Compiled extensions and what is indexed of them. */
const LOCAL_FOLDERS = [
  "bundles",
  "vault-bundles",
  "driver-bundles",
  "datastore-bundles",
  "report-bundles",
  "pulled-extensions",
];

/** A name with `*`; `secrets/`, `secrets/**` and `secrets` mean the same. */
function patternOf(text: string): RegExp {
  const name = text.replace(/^(\.?\/)+/, "").replace(/\/\**$/, "");
  const parts = name.split(/\*+/).map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join("[^/]*")}$`);
}
