/**
 * Which tags a new version of data gets (contract: authoring 3.3).
 *
 * @module
 */

/** Tags by name. */
export type Tags = Readonly<Record<string, string>>;

/** Tags that swamp finds data by. Nobody but swamp sets them; authors may refine `type` of files. */
export const RESERVED_TAGS = ["type", "specName", "modelName"] as const;

/** Where the tags of a piece of data come from; of the layers, later ones win. */
export interface TagSources {
  readonly kind: "resource" | "file";
  readonly specName: string;
  readonly modelName: string;
  readonly definition: Tags;
  readonly spec?: Tags;
  /** Given by the method when it writes. */
  readonly overrides?: Tags;
  /** `--tag` of the command line. */
  readonly runtime?: Tags;
}

/**
 * The tags of a new version. Reserved tags keep their meaning whatever the sources say; the author of
 * a type may give a file another `type`, such as `log`, but not one that makes it a resource or report.
 *
 * @example
 * ```ts
 * dataTags({ kind: "file", specName: "out", modelName: "m", definition: { env: "dev" } });
 * // { type: "file", env: "dev", specName: "out", modelName: "m" }
 * ```
 */
export function dataTags(sources: TagSources): Tags {
  const { kind, specName, modelName, definition, spec = {}, overrides = {}, runtime = {} } =
    sources;
  const byAuthor = { ...spec, ...overrides };
  return {
    type: kind === "resource" ? kind : fileType(byAuthor.type),
    ...free(definition),
    ...free(byAuthor),
    specName,
    modelName,
    ...free(runtime),
  };
}

/** The names in `tags` that {@linkcode dataTags} will not take. */
export function reservedNames(tags: Tags): string[] {
  return RESERVED_TAGS.filter((name) => name in tags);
}

function fileType(wanted: string | undefined): string {
  return wanted === undefined || wanted === "resource" || wanted === "report" ? "file" : wanted;
}

function free(tags: Tags): Tags {
  return Object.fromEntries(
    Object.entries(tags).filter(([name]) => !(RESERVED_TAGS as readonly string[]).includes(name)),
  );
}
