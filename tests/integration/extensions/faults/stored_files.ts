/**
 * What swamp keeps in `.swamp`, as tests look at it and spoil it.
 *
 * @module
 */
import { join } from "@std/path";
import { MISSING, statOf } from "../../../../src/infrastructure/extensions/file_stat.ts";
import type { RepositoryFixture } from "../repository_fixture.ts";

/** Name of the catalog in `.swamp`. */
export const CATALOG = "_extension_catalog.db";

/** Every file below a folder, as absolute paths. */
export function filesBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesBelow(join(folder, name)) : [join(folder, name)]
  );
}

/** Removes something from `.swamp` if it is there. */
export function forget(repository: RepositoryFixture, name: string): void {
  const path = repository.path(".swamp", name);
  if (statOf(path) !== MISSING) Deno.removeSync(path, { recursive: true });
}

/** Names of the batch folders of models. */
export function batchNames(repository: RepositoryFixture): string[] {
  return [...Deno.readDirSync(repository.path(".swamp/bundles"))].map(({ name }) => name);
}

/** Makes batches look older than the time for which unused ones are kept. */
export function ageBatches(repository: RepositoryFixture): void {
  for (const name of batchNames(repository)) {
    const path = repository.path(".swamp/bundles", name);
    Deno.utimeSync(path, new Date(2001, 1), new Date(2001, 1));
  }
}
