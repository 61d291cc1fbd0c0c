import { dirname, join } from "@std/path";
import {
  type InstallDocument,
  installPackage,
} from "../../../src/libswamp/extensions/install_package.ts";
import { modelSource, type RepositoryFixture } from "./repository_fixture.ts";

/** Where `@acme/pack` is installed, relative to the repository. */
export const PACK = ".swamp/pulled-extensions/@acme/pack";

/** Files of a package with one model, by their path. */
export function packageFiles(
  name: string,
  type: string,
  version = "2026.04.01.1",
): Record<string, string> {
  return {
    "manifest.yaml":
      `manifestVersion: 1\nname: '${name}'\nversion: ${version}\nmodels:\n  - one.ts\n`,
    "models/one.ts": modelSource(type),
  };
}

/** The bundle of a model as a package ships it: with zod out of its runtime. */
export function shippedBundle(type: string): string {
  return modelSource(type).replace(/^import.*\n/, "const { z } = globalThis.__swamp_zod;\n");
}

/** Installs a package from a folder that holds these files. */
export async function install(
  repository: RepositoryFixture,
  files: Readonly<Record<string, string>>,
  { force = false }: { readonly force?: boolean } = {},
): Promise<InstallDocument> {
  const folder = Deno.makeTempDirSync({ prefix: "swamp-package-" });
  try {
    for (const [path, text] of Object.entries(files)) {
      Deno.mkdirSync(dirname(join(folder, path)), { recursive: true });
      Deno.writeTextFileSync(join(folder, path), text);
    }
    const request = { source: { kind: "folder", path: folder }, force } as const;
    return await installPackage(repository.packages(), request, new Date());
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}
