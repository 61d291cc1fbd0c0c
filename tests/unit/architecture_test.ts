import { deepEqual } from "node:assert/strict";
import { fromFileUrl, join, relative } from "@std/path";
import { walk } from "@std/fs";
import { init, parse } from "es-module-lexer";

const ROOT = fromFileUrl(new URL("../../", import.meta.url));

/** Layer → layers that it may import. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  domain: ["domain"],
  libswamp: ["libswamp", "domain"],
  infrastructure: ["infrastructure", "domain"],
  cli: ["cli", "libswamp", "domain"],
};

/** The files of the composition root, which know everything. */
const COMPOSITION_ROOT = ["mod", "session", "services_factory", "datastore_services"]
  .map((name) => `src/cli/${name}.ts`);

async function importsOf(path: string): Promise<string[]> {
  await init();
  const [imports] = parse(await Deno.readTextFile(path));
  return imports.flatMap((found) =>
    found.type === "import-meta" || found.specifier === undefined ? [] : [found.specifier]
  );
}

Deno.test("imports point from cli to libswamp to domain, and from infrastructure to domain", async () => {
  const offenders: string[] = [];
  for await (const { path } of walk(join(ROOT, "src"), { exts: ["ts"], includeDirs: false })) {
    const file = relative(ROOT, path);
    const layer = file.split("/")[1]!;
    if (COMPOSITION_ROOT.includes(file) || !(layer in ALLOWED)) continue;
    for (const specifier of (await importsOf(path)).filter((one) => one.startsWith("."))) {
      const target = relative(ROOT, join(path, "..", specifier)).split("/")[1]!;
      if (target in ALLOWED && !ALLOWED[layer]!.includes(target)) {
        offenders.push(`${file} imports ${specifier}`);
      }
    }
  }
  deepEqual(offenders, []);
});

Deno.test("only src/cli/cliffy knows Cliffy", async () => {
  const offenders: string[] = [];
  for await (const { path } of walk(join(ROOT, "src"), { exts: ["ts"], includeDirs: false })) {
    const file = relative(ROOT, path);
    const cliffy = (await importsOf(path)).some((one) => one.startsWith("@cliffy/"));
    if (cliffy && !/^src\/cli\/(cliffy|commands\/completions)\//.test(file)) offenders.push(file);
  }
  deepEqual(offenders, []);
});

Deno.test("no file of src has more than 300 lines, and none is named after nothing", async () => {
  const offenders: string[] = [];
  for await (
    const { path, name } of walk(join(ROOT, "src"), { exts: ["ts"], includeDirs: false })
  ) {
    const lines = (await Deno.readTextFile(path)).split("\n").length - 1;
    if (lines > 300) offenders.push(`${relative(ROOT, path)}: ${lines} lines`);
    if (/^(utils?|helpers?|common|misc|manager)\b/.test(name)) offenders.push(path);
  }
  deepEqual(offenders, []);
});
