import { dirname, join } from "@std/path";
import { messageOf, UserError } from "../../domain/errors.ts";
import type {
  BrokenDefinition,
  Definition,
  StoredDefinition,
} from "../../domain/models/definition.ts";
import { definitionDocument, unknownFields } from "../../domain/models/definition_document.ts";
import {
  ambiguousModel,
  type DefinitionMatch,
  idPrefix,
  matchDefinitions,
  modelNotFound,
} from "../../domain/models/definition_lookup.ts";
import type {
  DefinitionListing,
  DefinitionStore,
  TextPosition,
} from "../../domain/models/definition_store.ts";
import type { DamageReporter } from "../../domain/repository/damage.ts";
import { createFileExclusively, writeFileAtomically } from "./atomic_file.ts";
import { repositoryPath } from "./definition_files.ts";
import {
  DamagedIndexError,
  DefinitionIndex,
  type IndexContent,
  type IndexedDefinition,
  type IndexedFailure,
  indexText,
  readIndex,
} from "./definition_index.ts";
import { isUnchanged, sameFolders, scanDefinitions } from "./definition_scan.ts";
import { removeFoldersWhileEmpty } from "./empty_folders.ts";
import type { RepositoryLayout } from "./repository_layout.ts";
import { workflowsNaming } from "./workflow_references.ts";
import { readSimpleYaml } from "./yaml_reader.ts";
import { yamlText } from "./yaml_writer.ts";

/** Hexadecimal digits of a complete id. */
const ID_DIGITS = 32;

/**
 * The definitions of a repository, kept as YAML files below `models/`.
 *
 * A definition is found through an index in `.swamp/`, which costs the same however many
 * definitions there are. The index is believed only while no folder below `models/` has gained,
 * lost or renamed an entry, and while the file found still has the content that was indexed;
 * everything else, and every name that the index does not know, is answered by a walk over all
 * files. What this cannot see is that another file was rewritten in place to carry the same name;
 * the next walk finds that.
 *
 * @param report told once of every file that could not be read as a definition.
 */
export function createDefinitionStore(
  layout: RepositoryLayout,
  report: DamageReporter = () => {},
): DefinitionStore {
  return new YamlDefinitionStore(layout, report);
}

class YamlDefinitionStore implements DefinitionStore {
  readonly #layout: RepositoryLayout;
  readonly #report: DamageReporter;
  readonly #indexPath: string;
  readonly #reported = new Set<string>();

  constructor(layout: RepositoryLayout, report: DamageReporter) {
    this.#layout = layout;
    this.#report = report;
    this.#indexPath = join(layout.internal, "_definition_index.jsonl");
  }

  async find(nameOrId: string): Promise<StoredDefinition> {
    const known = await this.#fromIndex((index) => matchIndexed(index, nameOrId));
    if (known !== undefined) return this.#single(nameOrId, known);
    const { definitions, broken } = await this.list();
    const match = matchDefinitions(definitions, nameOrId);
    if (match.matches.length > 0) return this.#single(nameOrId, match);
    throw modelNotFound(nameOrId, definitions.map(({ definition }) => definition.name), broken);
  }

  async lookup(nameOrId: string): Promise<StoredDefinition | undefined> {
    try {
      return await this.find(nameOrId);
    } catch (error) {
      if (error instanceof UserError && error.code === "model_not_found") return undefined;
      throw error;
    }
  }

  async named(name: string): Promise<readonly StoredDefinition[]> {
    const known = await this.#fromIndex((index) => ({
      by: "name",
      matches: index.named(name),
    }));
    if (known !== undefined) return known.matches;
    const { definitions } = await this.list();
    return definitions.filter(({ definition }) => definition.name === name);
  }

  async list(): Promise<DefinitionListing> {
    const { definitions, failures } = await this.#scan();
    const broken = failures.map((failure) => this.#broken(failure));
    this.#tell(broken);
    return { definitions: definitions.map((entry) => this.#stored(entry)).sort(byName), broken };
  }

  async parse(text: string): Promise<unknown> {
    const { readPlain } = await import("./definition_yaml.ts");
    try {
      return readPlain(text);
    } catch (error) {
      throw new UserError("invalid_yaml", messageOf(error), { cause: error });
    }
  }

  async unknownFields({ path }: Pick<StoredDefinition, "path">): Promise<readonly string[]> {
    try {
      const text = await Deno.readTextFile(path);
      return unknownFields(readSimpleYaml(text) ?? await this.parse(text));
    } catch {
      return [];
    }
  }

  async positionOf(
    { path: file }: Pick<StoredDefinition, "path">,
    ...place: [path: readonly (string | number)[], text: string, offset: number]
  ): Promise<TextPosition | undefined> {
    const { positionInYaml } = await import("./yaml_position.ts");
    const text = await Deno.readTextFile(file).catch(() => undefined);
    return text === undefined ? undefined : positionInYaml(text, ...place);
  }

  async add(definition: Definition): Promise<StoredDefinition> {
    const folder = join(this.#layout.models, ...definition.type.split("/"));
    const path = join(folder, `${definition.id}.yaml`);
    const stored = { definition, path, file: repositoryPath(this.#layout, path) };
    const text = yamlText(definitionDocument(definition));
    const isNew = await writing(stored.file, async () => {
      await Deno.mkdir(folder, { recursive: true });
      return await createFileExclusively(path, text);
    });
    if (isNew) return stored;
    throw new UserError("model_exists", `Cannot write ${stored.file}: the file exists already`);
  }

  async replace(
    { path, file }: StoredDefinition,
    changed: Definition,
    text?: string,
  ): Promise<StoredDefinition> {
    const { changedText } = await import("./definition_yaml.ts");
    await writing(file, async () => {
      // A link stays a link: what it leads to is rewritten.
      const target = await Deno.realPath(path);
      await writeFileAtomically(
        target,
        changedText(text ?? await Deno.readTextFile(target), changed),
      );
    });
    return { definition: changed, path, file };
  }

  async remove(path: string): Promise<void> {
    await writing(repositoryPath(this.#layout, path), () => Deno.remove(path));
    await removeFoldersWhileEmpty(dirname(path), this.#layout.models);
  }

  workflowsUsing({ name, id }: Pick<Definition, "name" | "id">): Promise<readonly string[]> {
    return workflowsNaming(this.#layout, [name, id]);
  }

  #single(nameOrId: string, match: DefinitionMatch<StoredDefinition>): StoredDefinition {
    const [stored, other] = match.matches;
    if (stored !== undefined && other === undefined) return stored;
    throw ambiguousModel(nameOrId, match);
  }

  /** What the index answers; `undefined` where only a walk over the files can tell. */
  async #fromIndex(
    ask: (index: DefinitionIndex) => DefinitionMatch<IndexedDefinition>,
  ): Promise<DefinitionMatch<StoredDefinition> | undefined> {
    const answer = this.#askIndex(ask);
    if (answer === undefined || answer.match.matches.length === 0) return undefined;
    const { match, failures } = answer;
    for (const state of [...match.matches, ...failures]) {
      if (!await isUnchanged(this.#layout, state)) return undefined;
    }
    this.#tell(failures.map((failure) => this.#broken(failure)));
    return { by: match.by, matches: match.matches.map((entry) => this.#stored(entry)) };
  }

  /** Asks an index that knows of every file; there may be none, or a damaged one. */
  #askIndex(ask: (index: DefinitionIndex) => DefinitionMatch<IndexedDefinition>) {
    try {
      using index = new DefinitionIndex(this.#indexPath);
      if (!sameFolders(this.#layout, index.header)) return undefined;
      return { match: ask(index), failures: index.header.failures };
    } catch (error) {
      if (error instanceof DamagedIndexError || isSystemError(error)) return undefined;
      throw error;
    }
  }

  async #scan(): Promise<IndexContent> {
    const scan = await scanDefinitions(this.#layout, contentOf(this.#indexText()));
    if (scan.changed) await this.#keep(indexText(scan));
    return scan;
  }

  #indexText(): string {
    try {
      return Deno.readTextFileSync(this.#indexPath);
    } catch {
      return "";
    }
  }

  /** Writes the index if it can be written; commands do without. */
  async #keep(text: string): Promise<void> {
    await writeFileAtomically(this.#indexPath, text).catch(() => {});
  }

  #stored({ definition, file }: IndexedDefinition): StoredDefinition {
    // Joining paths cleans them up, which is not needed here and shows where there are thousands.
    return { definition, path: `${this.#layout.root}/${file}`, file };
  }

  #broken({ failure, file }: IndexedFailure): BrokenDefinition {
    return { ...failure, path: join(this.#layout.root, file), file };
  }

  #tell(broken: readonly BrokenDefinition[]): void {
    for (const { path, reason } of broken) {
      if (this.#reported.has(path)) continue;
      this.#reported.add(path);
      this.#report({ path, reason });
    }
  }
}

/** What an index says; nothing where it is damaged. */
function contentOf(text: string): IndexContent | undefined {
  try {
    return readIndex(text);
  } catch (error) {
    if (error instanceof DamagedIndexError) return undefined;
    throw error;
  }
}

/** What the index knows by the rules of {@linkcode matchDefinitions}. */
function matchIndexed(
  index: DefinitionIndex,
  argument: string,
): DefinitionMatch<IndexedDefinition> {
  const named = index.named(argument);
  if (named.length > 0) return { by: "name", matches: named };
  const digits = idPrefix(argument);
  if (digits === undefined) return { by: "prefix", matches: [] };
  return { by: digits.length < ID_DIGITS ? "prefix" : "id", matches: index.withId(digits) };
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && Object.values(Deno.errors).some((kind) => error instanceof kind);
}

function byName(a: StoredDefinition, b: StoredDefinition): number {
  const [nameOfA, nameOfB] = [a.definition.name, b.definition.name];
  if (nameOfA !== nameOfB) return nameOfA < nameOfB ? -1 : 1;
  return a.file < b.file ? -1 : 1;
}

/** Does what changes a file; a refusal of the system names the file. */
async function writing<T>(file: string, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError("not_writable", `Cannot write ${file}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
