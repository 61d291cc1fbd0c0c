import { equal } from "node:assert/strict";
import { join } from "@std/path";
import type { ExtensionHealth } from "../../../src/domain/extensions/extension_health.ts";
import type { RefreshReport } from "../../../src/domain/extensions/refresh_report.ts";
import { statOf } from "../../../src/infrastructure/extensions/file_stat.ts";
import { createExtensionHealth } from "../../../src/infrastructure/extensions/health.ts";
import { examineExtensions } from "../../../src/libswamp/extensions/doctor.ts";
import type { DoctorDocument } from "../../../src/libswamp/extensions/doctor_document.ts";
import { modelSource, RepositoryFixture } from "./repository_fixture.ts";

/** Path of the catalog in a repository. */
export const CATALOG = ".swamp/_extension_catalog.db";
/** Path of the folder of model bundles in a repository. */
export const BUNDLES = ".swamp/bundles";

/** What looks at and repairs a repository; what refreshes say of themselves goes into `reports`. */
export function healthOf(
  repository: RepositoryFixture,
  reports: RefreshReport[] = [],
): ExtensionHealth {
  return createExtensionHealth({
    root: repository.root,
    settings: { all: { extensionSources: repository.extensionSources } },
  }, {
    variable: () => undefined,
    warn: () => {},
    notice: () => {},
    trace: () => {},
    report: (report) => reports.push(report),
  });
}

/** The document of `doctor extensions`. */
export function examine(
  repository: RepositoryFixture,
  { verify = false, repair }: { verify?: boolean; repair?: "plan" | "do" } = {},
): Promise<DoctorDocument> {
  return examineExtensions(healthOf(repository), { verify, repair });
}

/** Brings the catalog of a repository up to date. */
export async function index(repository: RepositoryFixture): Promise<void> {
  (await repository.open()).store.close();
}

/** A repository with a healthy model in its catalog. */
export async function indexed(): Promise<RepositoryFixture> {
  const repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  await index(repository);
  return repository;
}

/** Absolute path of the only batch folder of models. */
export function batchOf(repository: RepositoryFixture): string {
  const names = [...Deno.readDirSync(repository.path(BUNDLES))].map(({ name }) => name);
  equal(names.length, 1);
  return repository.path(BUNDLES, names[0]!);
}

/** Makes a batch folder that nobody uses, last changed hours ago. */
export function oldBatch(repository: RepositoryFixture): string {
  const folder = repository.path(BUNDLES, "0123456789abcdef");
  Deno.mkdirSync(folder, { recursive: true });
  Deno.writeTextFileSync(join(folder, "a.js"), "12345");
  Deno.writeTextFileSync(join(folder, "_sources.json"), "{}");
  Deno.utimeSync(folder, new Date(0), new Date(0));
  return folder;
}

/** Path, size and times of everything in a folder. */
export function snapshot(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = join(folder, name);
    // Without ctime, which SQLite moves when it looks at a database as root.
    const { mtime, size, inode } = statOf(path);
    const own = `${path} ${mtime}:${size}:${inode}`;
    return isDirectory ? [own, ...snapshot(path)] : [own];
  }).sort();
}

/** Whether there is a file or folder. */
export function exists(path: string): boolean {
  return statOf(path).size >= 0;
}

/** State of each source. */
export function tagsOf({ aggregateState }: DoctorDocument): Record<string, string> {
  return Object.fromEntries(
    aggregateState.sourceDetails.map(({ sourcePath, stateTag }) => [sourcePath, stateTag]),
  );
}
