import { join, relative, SEPARATOR } from "@std/path";
import { messageOf } from "../../domain/errors.ts";
import type { BrokenDefinition } from "../../domain/models/definition.ts";
import { type FileStat, statOf } from "../extensions/file_stat.ts";
import type { RepositoryLayout } from "./repository_layout.ts";

/** A file below `models/` that should hold a definition. */
export interface DefinitionFile {
  /** Absolute path. */
  readonly path: string;
  /** Path relative to the repository, with `/`. */
  readonly file: string;
  /**
   * The folder below `models/`, as a type; `undefined` for a file that lies in `models/` itself.
   */
  readonly folderType: string | undefined;
  /** Taken before anybody reads the file. */
  readonly stat: FileStat;
}

/** A folder that may hold definitions. */
export interface DefinitionFolder {
  /** Path relative to the repository, with `/`. */
  readonly file: string;
  /** Taken before the folder was listed. */
  readonly stat: FileStat;
}

/** Everything that one walk over `models/` met. */
export interface DefinitionFiles {
  readonly files: readonly DefinitionFile[];
  readonly folders: readonly DefinitionFolder[];
  /**
   * What cannot be looked into: links that leave the repository or lead nowhere, locked folders.
   */
  readonly unreachable: readonly BrokenDefinition[];
}

/**
 * Every `*.yaml` file at any depth below `models/`, hidden ones included, in any order. Links are
 * followed when they stay inside the repository (contract: cli-core 12.2). A missing folder is
 * empty.
 */
export function definitionFiles(layout: RepositoryLayout): DefinitionFiles {
  const walk = new Walk(layout);
  walk.folder(layout.models);
  return walk;
}

/** A path for people: relative to the repository, with `/`. */
export function repositoryPath(layout: RepositoryLayout, path: string): string {
  return relative(layout.root, path).replaceAll("\\", "/");
}

/** The type that the place of a definition file stands for. */
export function folderType(layout: RepositoryLayout, path: string): string | undefined {
  const segments = relative(layout.models, path).replaceAll("\\", "/").split("/").slice(0, -1);
  return segments.length === 0 ? undefined : segments.join("/");
}

/** A folder on the walk. */
interface Place {
  readonly path: string;
  readonly file: string;
  /** The type that files here have unless they say otherwise. */
  readonly type: string | undefined;
}

class Walk implements DefinitionFiles {
  readonly files: DefinitionFile[] = [];
  readonly folders: DefinitionFolder[] = [];
  readonly unreachable: BrokenDefinition[] = [];
  readonly #layout: RepositoryLayout;
  /** Folders that links led to, by their real path, so that a circle ends. */
  readonly #followed = new Set<string>();

  constructor(layout: RepositoryLayout) {
    this.#layout = layout;
  }

  folder(path: string): void {
    const file = repositoryPath(this.#layout, path);
    this.folders.push({ file, stat: statOf(path) });
    let entries: Deno.DirEntry[];
    try {
      entries = [...Deno.readDirSync(path)];
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) {
        this.#giveUp(path, `the folder cannot be read: ${messageOf(error)}`);
      }
      return;
    }
    // Of several links to one folder the first one counts; plain files may come in any order.
    if (!entries.every(({ isFile }) => isFile)) entries.sort((a, b) => a.name < b.name ? -1 : 1);
    // What is the same for all files of a folder is worked out once: there may be thousands.
    const place: Place = { path, file, type: folderType(this.#layout, join(path, "x")) };
    for (const entry of entries) {
      if (entry.isSymlink) this.#link(place, entry.name);
      else if (entry.isDirectory) this.folder(join(path, entry.name));
      else this.#file(place, entry.name);
    }
  }

  #file({ path, file, type }: Place, name: string): void {
    if (!name.endsWith(".yaml")) return;
    const full = `${path}${SEPARATOR}${name}`;
    this.files.push({
      path: full,
      file: `${file}/${name}`,
      folderType: type,
      stat: statOf(full),
    });
  }

  #link(place: Place, name: string): void {
    const path = join(place.path, name);
    let target: string;
    try {
      target = Deno.realPathSync(path);
    } catch {
      if (name.endsWith(".yaml")) this.#giveUp(path, "the link leads nowhere");
      return;
    }
    const isFolder = Deno.statSync(target).isDirectory;
    if (!isFolder && !name.endsWith(".yaml")) return;
    if (!isBelow(target, Deno.realPathSync(this.#layout.root))) {
      this.#giveUp(path, `the link leads to "${target}", which is outside of the repository`);
      return;
    }
    const models = Deno.realPathSync(this.#layout.models);
    // What lies below models/ itself is met without the link; what lies above would be a circle.
    if (isBelow(target, models) || (isFolder && isBelow(models, target))) return;
    if (!isFolder) this.#file(place, name);
    else if (!this.#followed.has(target)) {
      this.#followed.add(target);
      this.folder(path);
    }
  }

  #giveUp(path: string, reason: string): void {
    this.unreachable.push({ path, file: repositoryPath(this.#layout, path), reason });
  }
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (!way.startsWith("..") && !way.startsWith("/") && !/^[A-Za-z]:/.test(way));
}
