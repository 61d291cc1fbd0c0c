import { dirname, join } from "@std/path";
import type { PackageLimits } from "../../../src/domain/extensions/package_safety.ts";
import type { PackageSource, PackageStore } from "../../../src/domain/extensions/package_store.ts";
import {
  type InstallDocument,
  installPackage,
  type InstallRequest,
} from "../../../src/libswamp/extensions/install_package.ts";
import {
  type RemovalDocument,
  removePackage,
} from "../../../src/libswamp/extensions/remove_package.ts";
import { takeBuildLock } from "../../../src/infrastructure/extensions/build_lock.ts";
import {
  type InstalledPackages,
  installedPackages,
} from "../../../src/infrastructure/extensions/packages/installed_packages.ts";
import { localPackageStore } from "../../../src/infrastructure/extensions/packages/local_package_store.ts";
import type { PackagePlaces } from "../../../src/infrastructure/extensions/packages/package_places.ts";
import { packageArchive, type TarItem } from "./tar_writer.ts";

/** Text of files by path. */
export type Files = Readonly<Record<string, string>>;

/** Where every package lies that has no name of its own in a test. */
export const WIDGET = ".swamp/pulled-extensions/@acme/widget";

/** Where the lock file of a fixture lies. */
export const LOCK = "extensions/models/upstream_extensions.json";

/** A repository in a temporary folder, and packages beside it. */
export class PackagesFixture implements Disposable {
  readonly #base = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "swamp-test-" }));
  readonly root = join(this.#base, "repo");
  readonly places: PackagePlaces = {
    repositoryRoot: this.root,
    modelsFolder: join(this.root, "extensions", "models"),
  };
  /** Names of the installed packages at each time that the catalog was refreshed. */
  readonly refreshes: string[][] = [];
  /** Called at each refresh, after it was noted. */
  onRefresh: () => void | Promise<void> = () => {};
  #sources = 0;

  constructor() {
    Deno.mkdirSync(this.root);
  }

  /** Absolute path of something in the repository. */
  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  write(path: string, text: string): void {
    Deno.mkdirSync(dirname(this.path(path)), { recursive: true });
    Deno.writeTextFileSync(this.path(path), text);
  }

  read(path: string): string {
    return Deno.readTextFileSync(this.path(path));
  }

  /** Puts an archive of files below `extension/` beside the repository. */
  async archive(files: Files, more: readonly TarItem[] = []): Promise<PackageSource> {
    return this.rawArchive(await packageArchive(files, more));
  }

  /** Puts bytes that are to be taken for an archive beside the repository. */
  rawArchive(bytes: Uint8Array): PackageSource {
    const path = join(this.#base, `${this.#sources++}.tar.gz`);
    Deno.writeFileSync(path, bytes);
    return { kind: "archive", path };
  }

  /** Puts a package folder beside the repository. */
  folder(files: Files): PackageSource {
    const path = join(this.#base, `${this.#sources++}`);
    for (const [name, text] of Object.entries(files)) {
      Deno.mkdirSync(dirname(join(path, name)), { recursive: true });
      Deno.writeTextFileSync(join(path, name), text);
    }
    return { kind: "folder", path };
  }

  store(limits?: PackageLimits): PackageStore {
    return localPackageStore({
      places: this.places,
      lock: () => takeBuildLock(this.path(".swamp", "_extension_build.lock"), () => {}),
      refreshCatalog: async () => {
        const { packages } = await installedPackages(this.places);
        this.refreshes.push(packages.map(({ name }) => name));
        await this.onRefresh();
      },
      effects: () => ({ extends: [], problems: [] }),
      ...(limits === undefined ? {} : { limits }),
    });
  }

  /** Installs files as an archive. */
  async install(files: Files, more: Partial<InstallRequest> = {}): Promise<InstallDocument> {
    return await this.installFrom(await this.archive(files), more);
  }

  installFrom(source: PackageSource, more: Partial<InstallRequest> = {}): Promise<InstallDocument> {
    return installPackage(this.store(), { source, force: false, ...more }, new Date());
  }

  remove(name: string, force = false): Promise<RemovalDocument> {
    return removePackage(this.store(), name, { force });
  }

  installed(): Promise<InstalledPackages> {
    return installedPackages(this.places);
  }

  /** Every file of the repository but the lock of the index, by its path. Folders end with `/`. */
  tree(): Files {
    const files: Record<string, string> = {};
    const walk = (folder: string) => {
      const entries = [...Deno.readDirSync(this.path(folder))];
      if (entries.length === 0 && folder !== "") files[`${folder}/`] = "";
      for (const entry of entries) {
        const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory) walk(path);
        else if (!path.endsWith("_extension_build.lock")) files[path] = this.read(path);
      }
    };
    walk("");
    return files;
  }

  /** Paths of {@linkcode tree} without the lock file, the records and the manifests. */
  sourcePaths(): string[] {
    return Object.keys(this.tree())
      .filter((path) => !/upstream_extensions\.json$|\.installed\.json$|manifest\.yaml$/.test(path))
      .sort();
  }

  lock(): Record<string, Record<string, unknown>> {
    return JSON.parse(this.read(LOCK));
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.#base, { recursive: true });
  }
}

/** What a package of a test is made of. */
export interface Widget {
  readonly name?: string;
  readonly version?: string;
  /** Source files, by path below `models/`; each is listed in the manifest. */
  readonly models?: Files;
  /** Further files, not listed. */
  readonly more?: Files;
  /** Further lines of the manifest. */
  readonly manifest?: string;
}

/** The files of a package, manifest included. */
export function widget(options: Widget = {}): Files {
  const { name = "@acme/widget", version = "2026.04.01.1", manifest = "" } = options;
  const models = options.models ?? { "widget/one.ts": "export const model = 1;\n" };
  return {
    "manifest.yaml": [
      "manifestVersion: 1",
      `name: "${name}"`,
      `version: "${version}"`,
      "models:",
      ...Object.keys(models).map((path) => `  - ${path}`),
      manifest,
    ].join("\n"),
    ...Object.fromEntries(
      Object.entries(models).map(([path, text]) => [`models/${path}`, text]),
    ),
    ...options.more,
  };
}
