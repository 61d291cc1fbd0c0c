import { join } from "@std/path";
import { denoCommand, type DenoProject } from "./deno_command.ts";
import { errorText } from "./failure.ts";

/** Folder of a batch for parts of zod that are not swamp's own. */
const PARTS_FOLDER = "_zod_parts";

/**
 * Bundles parts of zod, such as `npm:zod@4/mini`. The bundler leaves `zod/…` out as soon as `zod` is
 * left out; swamp has no copy of such a part to share, so the batch gets one.
 *
 * @param folder absolute path of the batch folder
 * @returns specifier → module, relative to the folder
 * @throws {Error} when a part cannot be bundled.
 */
export async function bundleZodParts(
  project: DenoProject,
  folder: string,
  specifiers: readonly string[],
): Promise<Map<string, string>> {
  if (specifiers.length === 0) return new Map();
  const parts = join(folder, PARTS_FOLDER);
  Deno.mkdirSync(parts);
  const entries = specifiers.map((specifier, index) => {
    const entry = join(parts, `part${index}.ts`);
    const from = JSON.stringify(specifier);
    Deno.writeTextFileSync(
      entry,
      `export * from ${from};\nimport * as part from ${from};\n` +
        `export default (part as Record<string, unknown>).default;\n`,
    );
    return entry;
  });
  const { success, stderr } = await denoCommand(project, [
    "bundle",
    "--quiet",
    "--platform=deno",
    "--code-splitting",
    `--outdir=${parts}`,
    ...entries,
  ]);
  for (const entry of entries) Deno.removeSync(entry);
  if (!success) throw new Error(`Parts of zod cannot be bundled: ${errorText(stderr)}`);
  return new Map(
    specifiers.map((specifier, index) => [specifier, join(PARTS_FOLDER, `part${index}.js`)]),
  );
}
