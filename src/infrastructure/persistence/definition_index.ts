/**
 * The index of definitions, `.swamp/_definition_index.jsonl`: what every file below `models/` was
 * found to say, so that one definition is found without reading the others. It is only a cache.
 * Damage, age and absence all end in a walk over the files, which writes it anew.
 *
 * The first line is the header. The others are lists that begin with the key by which they are
 * sorted: `=` and a name, with all about the definition, or `#` and the digits of an id, with the
 * name. Paths are relative to the repository, which may therefore be moved.
 *
 * @module
 */
import type { Definition, DefinitionFailure } from "../../domain/models/definition.ts";
import { readDefinition } from "../../domain/models/definition_document.ts";
import { LineFile } from "./line_file.ts";

/** Goes up whenever the lines change their meaning. */
const FORMAT = 1;

/** What tells whether a file still says what it said. */
export interface FileState {
  /** Path relative to the repository, with `/`. */
  readonly file: string;
  /** Stat data as one word; empty when the file had changed so recently that it proves nothing. */
  readonly stat: string;
  /** SHA-256 of the content, hexadecimal. */
  readonly hash: string;
}

/** A definition and the state of its file. */
export interface IndexedDefinition extends FileState {
  readonly definition: Definition;
}

/** A file that holds no usable definition, and its state. */
export interface IndexedFailure extends FileState {
  readonly failure: DefinitionFailure;
}

/** A folder; its stat changes when something in it is added, removed or renamed. */
export interface IndexedFolder {
  readonly file: string;
  /**
   * Stat data as one word; empty when the folder had changed so recently that it proves nothing.
   */
  readonly stat: string;
}

/** What an index says beside the definitions. */
export interface IndexHeader {
  readonly folders: readonly IndexedFolder[];
  readonly failures: readonly IndexedFailure[];
}

/** Everything that an index says. */
export interface IndexContent extends IndexHeader {
  readonly definitions: readonly IndexedDefinition[];
}

/** Thrown when an index is not what swamp writes. */
export class DamagedIndexError extends Error {}

/** An index on disk, of which only what is asked for is read. */
export class DefinitionIndex implements Disposable {
  readonly header: IndexHeader;
  readonly #file: LineFile;
  /** Byte at which the definitions begin. */
  readonly #start: number;

  /**
   * @throws {DamagedIndexError} when the file is no index of this format.
   * @throws a `Deno.errors.*` when it cannot be opened.
   */
  constructor(path: string) {
    this.#file = new LineFile(path);
    try {
      const line = this.#file.lineFrom(0);
      this.header = readHeader(line?.text ?? "");
      this.#start = line?.next ?? 0;
    } catch (error) {
      this.#file[Symbol.dispose]();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    this.#file[Symbol.dispose]();
  }

  /**
   * The definitions that the index knows under a name.
   *
   * @throws {DamagedIndexError} when a line on the way is damaged.
   */
  named(name: string): IndexedDefinition[] {
    const key = nameKey(name);
    return [...this.#lines(key, (found) => found === key)].map(readDefinitionLine);
  }

  /**
   * The definitions whose id begins with these digits.
   *
   * @param digits hexadecimal, in lower case, without dashes.
   * @throws {DamagedIndexError} when a line on the way is damaged.
   */
  withId(digits: string): IndexedDefinition[] {
    const start = ID_MARK + digits;
    const names = new Set<string>();
    for (const [, name] of this.#lines(start, (found) => found.startsWith(start))) {
      names.add(String(name));
    }
    return [...names].flatMap((name) => this.named(name))
      .filter(({ definition }) => idKey(definition.id).startsWith(start));
  }

  /** The lines from `key` on, for as long as their keys are wanted. */
  *#lines(key: string, isWanted: (key: string) => boolean): Generator<IndexLine> {
    let line = this.#file.search(this.#start, (text) => readFields(text)[0] < key);
    while (line !== undefined) {
      const fields = readFields(line.text);
      if (!isWanted(fields[0])) return;
      yield fields;
      line = this.#file.lineFrom(line.next);
    }
  }
}

/**
 * Reads the text of a whole index.
 *
 * @throws {DamagedIndexError} when it is no index of this format.
 */
export function readIndex(text: string): IndexContent {
  const [first = "", ...lines] = text.replace(/\n$/, "").split("\n");
  const isId = (line: string) => line.startsWith(ID_LINE);
  const ids = lines.filter(isId);
  const fields = lines.filter((line) => !isId(line)).map(readFields);
  const isWhole = ids.length === fields.length && lines.slice(0, ids.length).every(isId) &&
    isAscending(ids.map((line) => line.slice(0, ID_LINE.length + ID_DIGITS))) &&
    isAscending(fields.map(([key]) => key));
  if (!isWhole) throw damaged();
  return { ...readHeader(first), definitions: fields.map(readDefinitionLine) };
}

/** The text of an index. Equal content gives equal text. */
export function indexText({ folders, failures, definitions }: IndexContent): string {
  const lines = definitions.flatMap(({ file, stat, hash, definition }): IndexLine[] => [
    [nameKey(definition.name), file, stat, hash, definition],
    [idKey(definition.id), definition.name],
  ]).sort(([keyOfA, fileOfA], [keyOfB, fileOfB]) =>
    keyOfA === keyOfB ? compare(String(fileOfA), String(fileOfB)) : compare(keyOfA, keyOfB)
  );
  const header = JSON.stringify({ format: FORMAT, folders, failures });
  return [header, ...lines.map((line) => JSON.stringify(line)), ""].join("\n");
}

/** A line's key and what else it holds. */
type IndexLine = readonly [key: string, ...rest: unknown[]];

const NAME_MARK = "=";
const ID_MARK = "#";
/** How a line begins that only leads from an id to a name. */
const ID_LINE = `["${ID_MARK}`;
/** Hexadecimal digits of an id. */
const ID_DIGITS = 32;

function nameKey(name: string): string {
  return NAME_MARK + name;
}

function idKey(id: string): string {
  return ID_MARK + id.replaceAll("-", "").toLowerCase();
}

function isAscending(keys: readonly string[]): boolean {
  return keys.every((key, at) => at === 0 || keys[at - 1]! <= key);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function readHeader(line: string): IndexHeader {
  const header = parse(line) as Partial<IndexHeader> & { format?: unknown } | null;
  const { format, folders, failures } = header ?? {};
  if (format !== FORMAT || !Array.isArray(folders) || !Array.isArray(failures)) throw damaged();
  return { folders, failures };
}

function readDefinitionLine([key, file, stat, hash, document]: IndexLine): IndexedDefinition {
  const { definition } = readDefinition(document);
  const isWhole = definition !== undefined && nameKey(definition.name) === key &&
    typeof file === "string" && !file.split("/").includes("..") && typeof stat === "string" &&
    typeof hash === "string";
  if (!isWhole) throw damaged();
  return { file, stat, hash, definition };
}

function readFields(line: string): IndexLine {
  const value = parse(line);
  if (!Array.isArray(value) || typeof value[0] !== "string") throw damaged();
  return value as unknown as IndexLine;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch (error) {
    throw damaged(error);
  }
}

function damaged(cause?: unknown): DamagedIndexError {
  return new DamagedIndexError("The index of definitions is damaged", { cause });
}
