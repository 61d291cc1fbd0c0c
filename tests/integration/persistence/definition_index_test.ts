import { deepEqual, equal, rejects } from "node:assert/strict";
import { join } from "@std/path";
import type { RepositoryLayout } from "../../../src/infrastructure/persistence/repository_layout.ts";
import { createDefinitionStore } from "../../../src/infrastructure/persistence/yaml_definition_store.ts";
import { minimalText, openStore, sample, writeModel } from "./definition_samples.ts";
import { withRepository } from "./temporary_repository.ts";

const indexOf = (layout: RepositoryLayout) => join(layout.internal, "_definition_index.jsonl");

/** Runs `test` on a repository of definitions `m0` to `m9` with a current index. */
function withIndex(
  test: (layout: RepositoryLayout, paths: readonly string[]) => Promise<void>,
): Promise<void> {
  return withRepository(async (layout) => {
    await Deno.mkdir(layout.internal);
    const paths: string[] = [];
    for (let number = 0; number < 10; number++) {
      const text = `# ${number}\n${minimalText(`m${number}`)}`;
      paths.push(await writeModel(layout, `a/type/${number}.yaml`, text));
    }
    await createDefinitionStore(layout).list();
    await test(layout, paths);
  });
}

const nameOf = async (layout: RepositoryLayout, argument: string) =>
  (await createDefinitionStore(layout).lookup(argument))?.definition.name;

Deno.test("the index names every definition once, however often it is asked", () =>
  withIndex(async (layout) => {
    const first = await Deno.readTextFile(indexOf(layout));
    equal(first.match(/^\["=m\d",/gm)?.length, 10);
    await createDefinitionStore(layout).list();
    equal(await nameOf(layout, "m3"), "m3");
    equal((await Deno.readTextFile(indexOf(layout))).match(/^\["=m\d",/gm)?.length, 10);
  }));

Deno.test("a definition is found without reading the others", () =>
  withIndex(async (layout, paths) => {
    await settleIndex(layout);
    // What cannot be opened cannot have been read.
    for (const path of paths) if (!path.endsWith("3.yaml")) await replaceInPlace(path, "?");
    equal(await nameOf(layout, "m3"), "m3");
  }));

/** Writes an index that needs no further walk: stat data proves nothing before a second has passed. */
async function settleIndex(layout: RepositoryLayout): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await createDefinitionStore(layout).list();
}

/** Rewrites a file without touching its folder, as some editors do. */
async function replaceInPlace(path: string, text: string): Promise<void> {
  await Deno.writeTextFile(path, text);
}

Deno.test("every change of the files shows at once", () =>
  withIndex(async (layout, paths) => {
    await settleIndex(layout);
    equal(await nameOf(layout, "m3"), "m3");

    await replaceInPlace(paths[3]!, `# 3\n${minimalText("renamed")}`);
    equal(await nameOf(layout, "m3"), undefined);
    equal(await nameOf(layout, "renamed"), "renamed");

    await Deno.remove(paths[4]!);
    equal(await nameOf(layout, "m4"), undefined);

    await writeModel(layout, "b/new.yaml", minimalText("new"));
    equal(await nameOf(layout, "new"), "new");

    await Deno.rename(paths[5]!, join(layout.models, "b", "moved.yaml"));
    equal((await createDefinitionStore(layout).find("m5")).definition.type, "b");

    await writeModel(layout, "b/twin.yaml", minimalText("m6"));
    await rejects(createDefinitionStore(layout).find("m6"), { code: "ambiguous_model" });
  }));

Deno.test("a change that leaves size and modification time alone shows too", () =>
  withIndex(async (layout, paths) => {
    const path = paths[3]!;
    const { mtime } = await Deno.stat(path);
    const text = await Deno.readTextFile(path);
    await replaceInPlace(path, text.replace("name: m3", "name: m4"));
    await Deno.utime(path, mtime!, mtime!);
    equal(await nameOf(layout, "m3"), undefined);
  }));

Deno.test("broken files are reported by commands that the index answers, until they are repaired", () =>
  withIndex(async (layout) => {
    const path = await writeModel(layout, "a/bad.yaml", "name: [");
    await settleIndex(layout);
    const first = openStore(layout);
    await first.store.find("m3");
    deepEqual(first.damaged.map((file) => file.path), [path]);
    await replaceInPlace(path, minimalText("good"));
    const second = openStore(layout);
    await second.store.find("m3");
    deepEqual(second.damaged, []);
  }));

const DAMAGE: readonly [string, (text: string) => string][] = [
  ["empty", () => ""],
  ["garbage", () => "garbage\n"],
  ["cut off", (text) => text.slice(0, text.length * 0.6)],
  ["of another format", (text) => text.replace('"format":1', '"format":999')],
  ["without definitions", (text) => text.slice(0, text.indexOf("\n") + 1)],
  ["unsorted", (text) => {
    const [header, ...lines] = text.trimEnd().split("\n");
    return [header, ...lines.reverse(), ""].join("\n");
  }],
  ["full of lines of the wrong shape", (text) => text.replaceAll(/^\["=.*$/gm, '["=m3",1]')],
  ["pointing out of the repository", (text) => text.replaceAll("models/a", "../models/a")],
  ["lying about names", (text) => text.replaceAll('"=m3"', '"=m4"')],
];

Deno.test("a damaged index changes no answer and is written anew", (context) =>
  withIndex(async (layout) => {
    await settleIndex(layout);
    const good = await Deno.readTextFile(indexOf(layout));
    for (const [what, damage] of DAMAGE) {
      await context.step(`when it is ${what}`, async () => {
        await Deno.writeTextFile(indexOf(layout), damage(good));
        equal(await nameOf(layout, "m3"), "m3");
        equal((await createDefinitionStore(layout).list()).definitions.length, 10);
        equal(await Deno.readTextFile(indexOf(layout)), good);
      });
    }
  }));

Deno.test("a folder in place of the index does no harm", () =>
  withIndex(async (layout) => {
    await Deno.remove(indexOf(layout));
    await Deno.mkdir(indexOf(layout));
    equal(await nameOf(layout, "m3"), "m3");
  }));

Deno.test("nothing is written where there is no .swamp/ yet", () =>
  withRepository(async (layout) => {
    await writeModel(layout, "a/x.yaml", minimalText("x"));
    equal(await nameOf(layout, "x"), "x");
    deepEqual([...Deno.readDirSync(layout.root)].map(({ name }) => name), ["models"]);
  }));

Deno.test("who finds nothing changed writes nothing", () =>
  withIndex(async (layout) => {
    await settleIndex(layout);
    const before = (await Deno.stat(indexOf(layout))).ino;
    await nameOf(layout, "m3");
    await nameOf(layout, "unknown");
    await createDefinitionStore(layout).list();
    equal((await Deno.stat(indexOf(layout))).ino, before);
  }));

Deno.test("ids and their beginnings are found through the index, by the rules of everywhere", () =>
  withRepository(async (layout) => {
    await Deno.mkdir(layout.internal);
    const store = createDefinitionStore(layout);
    await store.add(sample("one", { id: "abc11111-0000-4000-8000-000000000001" }));
    await store.add(sample("two", { id: "abc22222-0000-4000-8000-000000000002" }));
    await store.add(sample("abc1", { id: "ffff2222-0000-4000-8000-000000000003" }));
    await settleIndex(layout);
    equal(await nameOf(layout, "abc2"), "two");
    equal(await nameOf(layout, "ABC11111-0000-4000-8000-000000000001"), "one");
    equal(await nameOf(layout, "abc1"), "abc1");
    await rejects(createDefinitionStore(layout).find("abc"), {
      code: "ambiguous_model",
      message: /^Ambiguous ID prefix "abc" matches:\n {2}abc11111-.*\n {2}abc22222-/,
    });
  }));

Deno.test("a copied repository answers from its copied index", () =>
  withIndex(async (layout) => {
    await withRepository(async (copy) => {
      await new Deno.Command("cp", { args: ["-a", `${layout.root}/.`, copy.root] }).output();
      const stored = await createDefinitionStore(copy).find("m3");
      equal(stored.path, join(copy.models, "a", "type", "3.yaml"));
    });
  }));
