import type { BrokenDefinition, Definition, StoredDefinition } from "./definition.ts";

/** Every definition of a repository, as found by one walk over `models/`. */
export interface DefinitionListing {
  /** Sorted by name, then path. */
  readonly definitions: readonly StoredDefinition[];
  /** Sorted by path. */
  readonly broken: readonly BrokenDefinition[];
}

/** A place in a file, from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** The definitions of a repository. */
export interface DefinitionStore {
  /**
   * Finds one definition: by exact name, else by id, else by an unambiguous id prefix of three or
   * more hexadecimal digits. The cost does not depend on the number of definitions where the name
   * index is current.
   *
   * @throws {UserError} `model_not_found` (naming a broken file that carries the name),
   * `ambiguous_model` when several files carry the name, the id or the prefix.
   */
  find(nameOrId: string): Promise<StoredDefinition>;
  /** As {@linkcode find}, but `undefined` when there is no such definition. */
  lookup(nameOrId: string): Promise<StoredDefinition | undefined>;
  /**
   * Every definition that carries exactly this name; more than one is a mistake of the repository.
   */
  named(name: string): Promise<readonly StoredDefinition[]>;
  /** Every definition and every file that could not be read. */
  list(): Promise<DefinitionListing>;
  /**
   * Reads the text of a definition as plain data, without judging it.
   *
   * @throws {UserError} `invalid_yaml` with a one-line message that says where the mistake is.
   */
  parse(text: string): Promise<unknown>;
  /**
   * What the file of a definition holds that means nothing, one sentence each. A file that cannot be
   * read any more holds nothing.
   */
  unknownFields(stored: Pick<StoredDefinition, "path">): Promise<readonly string[]>;
  /**
   * Where in its file a text stands, line and column from 1; `undefined` when it is not there as it is
   * read, or the file has changed.
   *
   * @param path keys and indexes that lead to the value with the text in it.
   * @param offset so many characters behind the beginning of `text`.
   */
  positionOf(
    stored: Pick<StoredDefinition, "path">,
    path: readonly (string | number)[],
    text: string,
    offset: number,
  ): Promise<TextPosition | undefined>;
  /** Writes a new definition; returns where. The caller holds the lock that makes names unique. */
  add(definition: Definition): Promise<StoredDefinition>;
  /**
   * Writes a changed definition over the file that it was read from. Comments and the order of keys
   * stay as they are in that file, or as they are in `text` where that is given.
   *
   * @param text a definition as somebody wrote it, which `changed` was read from.
   */
  replace(stored: StoredDefinition, changed: Definition, text?: string): Promise<StoredDefinition>;
  /** Removes the file of a definition and the folders that become empty. */
  remove(path: string): Promise<void>;
  /** Names of the workflows with a step that runs a method of this definition, sorted. */
  workflowsUsing(definition: Pick<Definition, "name" | "id">): Promise<readonly string[]>;
}
