import { deepEqual, equal, match, notEqual, ok, rejects } from "node:assert/strict";
import { join } from "@std/path";
import fc from "fast-check";
import type { Definition } from "../../../src/domain/models/definition.ts";
import { createDefinitionStore } from "../../../src/infrastructure/persistence/yaml_definition_store.ts";
import { minimalText, openStore, sample, writeModel } from "./definition_samples.ts";
import { withRepository } from "./temporary_repository.ts";

Deno.test("a new definition is a file in the folder of its type, in the order of the format", () =>
  withRepository(async (layout) => {
    const definition = sample("web", { globalArguments: { region: "eu", size: 7 } });
    const stored = await createDefinitionStore(layout).add(definition);
    equal(stored.path, join(layout.models, "command", "shell", `${definition.id}.yaml`));
    equal(stored.file, `models/command/shell/${definition.id}.yaml`);
    equal(
      await Deno.readTextFile(stored.path),
      [
        "type: command/shell",
        "typeVersion: 2026.02.09.1",
        `id: ${definition.id}`,
        "name: web",
        "version: 1",
        "tags: {}",
        "globalArguments:",
        "  region: eu",
        "  size: 7",
        "methods: {}",
        "",
      ].join("\n"),
    );
  }));

Deno.test("a definition is found by name, id and the beginning of its id", () =>
  withRepository(async (layout) => {
    const store = createDefinitionStore(layout);
    const definition = sample("web");
    await store.add(definition);
    await store.add(sample("db"));
    for (const argument of ["web", definition.id, definition.id.slice(0, 12).toUpperCase()]) {
      deepEqual((await store.find(argument)).definition, definition, argument);
    }
  }));

Deno.test("a repository without models/ has no definitions", () =>
  withRepository(async (layout) => {
    const { store } = openStore(layout);
    deepEqual(await store.list(), { definitions: [], broken: [] });
    equal(await store.lookup("web"), undefined);
    await rejects(store.find("web"), { code: "model_not_found", message: "Model not found: web" });
  }));

Deno.test("any file name at any depth will do, hidden ones too, but only *.yaml", () =>
  withRepository(async (layout) => {
    await writeModel(layout, "a/b/c/web.yaml", minimalText("deep"));
    await writeModel(layout, "a/.hidden.yaml", minimalText("hidden"));
    await writeModel(layout, "a/other.yml", minimalText("yml"));
    const { definitions } = await createDefinitionStore(layout).list();
    deepEqual(
      definitions.map(({ definition: { name, type } }) => [name, type]),
      [["deep", "a/b/c"], ["hidden", "a"]],
    );
  }));

Deno.test("YAML of any kind is read: comments, flow maps, merge keys, escapes, a byte order mark", () =>
  withRepository(async (layout) => {
    const id = crypto.randomUUID();
    await writeModel(
      layout,
      "a/x.yaml",
      `\ufeff# a comment\n{ "id": ${id}, "n\\u0061me": "caf\\u00e9", version: 1,\n` +
        "  tags: &t { a: b }, globalArguments: { <<: *t, text: 'it''s' } }\n",
    );
    const { definition } = await createDefinitionStore(layout).find("café");
    deepEqual(definition.globalArguments, { a: "b", text: "it's" });
  }));

const BROKEN: readonly [string, string, RegExp][] = [
  ["malformed", "id: [\n", /line 2, column 1/],
  ["empty", "", /^the file is empty$/],
  ["a list", "- a\n", /^the file must hold a YAML map$/],
  ["of the wrong shape", minimalText("x") + "tags:\n  n: 5\n", /^line 5: tags\.n must be a string/],
  ["circular", minimalText("x") + "tags: &a\n  b: *a\n", /alias/],
];

for (const [what, text, reason] of BROKEN) {
  Deno.test(`a file that is ${what} hides nothing else and is reported once, with its line`, () =>
    withRepository(async (layout) => {
      const path = await writeModel(layout, "a/bad.yaml", text);
      await writeModel(layout, "a/good.yaml", minimalText("good"));
      const { store, damaged } = openStore(layout);
      const { definitions, broken } = await store.list();
      await store.find("good");
      await store.list();
      deepEqual(definitions.map(({ definition }) => definition.name), ["good"]);
      equal(broken[0]?.file, "models/a/bad.yaml");
      match(broken[0]?.reason ?? "", reason);
      deepEqual(damaged.map((file) => file.path), [path]);
    }));
}

Deno.test("bytes that are no UTF-8 make a file broken instead of changing its text", () =>
  withRepository(async (layout) => {
    const path = await writeModel(layout, "a/x.yaml", minimalText("x"));
    await Deno.writeFile(path, new Uint8Array([0xff, 0xfe]), { append: true });
    const { broken } = await createDefinitionStore(layout).list();
    equal(broken[0]?.reason, "the file is not UTF-8 text");
  }));

Deno.test("a name that only a broken file carries is answered with that file", () =>
  withRepository(async (layout) => {
    await writeModel(layout, "a/bad.yaml", "name: 'x' # comment\nid: [\n");
    await rejects(createDefinitionStore(layout).find("x"), {
      code: "model_not_found",
      message: /^Model not found: x \(models\/a\/bad\.yaml could not be read: .*line 3.*\)$/,
    });
  }));

Deno.test("two files of one name are an error that names both, as are two of one id", () =>
  withRepository(async (layout) => {
    const id = crypto.randomUUID();
    await writeModel(layout, "a/1.yaml", minimalText("same", id));
    await writeModel(layout, "b/2.yaml", minimalText("same"));
    await writeModel(layout, "c/3.yaml", minimalText("other", id));
    const store = createDefinitionStore(layout);
    await rejects(store.find("same"), {
      code: "ambiguous_model",
      message: /^Ambiguous model name "same": models\/a\/1\.yaml, models\/b\/2\.yaml\./,
    });
    await rejects(store.find(id), {
      code: "ambiguous_model",
      message: /^Ambiguous model ID ".*": models\/c\/3\.yaml, models\/a\/1\.yaml\./,
    });
    equal((await store.named("same")).length, 2);
    equal((await store.find("other")).file, "models/c/3.yaml");
  }));

Deno.test("links are followed inside the repository, and reported where they leave it", () =>
  withRepository(async (layout) => {
    await writeModel(layout, "a/own.yaml", minimalText("own"));
    const shared = join(layout.root, "shared");
    await Deno.mkdir(shared);
    await Deno.writeTextFile(join(shared, "s.yaml"), minimalText("shared"));
    await Deno.symlink(shared, join(layout.models, "linked"));
    await Deno.symlink(join(layout.models, "a"), join(layout.models, "again"));
    await Deno.symlink(layout.root, join(layout.models, "circle"));
    await Deno.symlink("/etc/hosts", join(layout.models, "a", "outside.yaml"));
    await Deno.symlink("/nowhere", join(layout.models, "a", "nowhere.yaml"));
    const { definitions, broken } = await createDefinitionStore(layout).list();
    deepEqual(definitions.map(({ file }) => file), [
      "models/a/own.yaml",
      "models/linked/s.yaml",
    ]);
    deepEqual(broken.map(({ file }) => file), [
      "models/a/nowhere.yaml",
      "models/a/outside.yaml",
    ]);
    match(broken[1]?.reason ?? "", /outside of the repository/);
  }));

Deno.test("a change keeps comments, quotes and the order of everything else", () =>
  withRepository(async (layout) => {
    const id = crypto.randomUUID();
    await writeModel(
      layout,
      "command/shell/mine.yaml",
      `# why this exists\nversion: 1\nname: web   # short\nid: ${id}\n\nglobalArguments:\n` +
        `  # where\n  region: "eu"\n  size: 7\nmethods: {}\n`,
    );
    const store = createDefinitionStore(layout);
    const stored = await store.find("web");
    const changed: Definition = {
      ...stored.definition,
      typeVersion: "2026.02.09.1",
      globalArguments: { region: "eu", size: 8, since: "2026-01-01" },
      tags: { live: "yes" },
    };
    await store.replace(stored, changed);
    equal(
      await Deno.readTextFile(stored.path),
      `# why this exists\ntype: command/shell\ntypeVersion: 2026.02.09.1\nversion: 1\n` +
        `name: web # short\nid: ${id}\ntags:\n  live: 'yes'\n\nglobalArguments:\n  # where\n` +
        `  region: "eu"\n  size: 8\n  since: '2026-01-01'\nmethods: {}\n`,
    );
    deepEqual((await store.find("web")).definition, changed);
  }));

Deno.test("a replacement that somebody wrote keeps that person's text, id and type corrected", () =>
  withRepository(async (layout) => {
    const store = createDefinitionStore(layout);
    const stored = await store.add(sample("web"));
    const text = `# mine\nid: ${crypto.randomUUID()}\nname: web2\nversion: 1\ntags: {a: b} # t\n`;
    const { typeVersion: _none, ...rest } = stored.definition;
    await store.replace(stored, { ...rest, name: "web2", tags: { a: "b" } }, text);
    equal(
      await Deno.readTextFile(stored.path),
      `# mine\ntype: command/shell\nid: ${stored.definition.id}\nname: web2\nversion: 1\n` +
        "tags: { a: b } # t\n",
    );
  }));

Deno.test("a link that leads to the file stays a link when the definition changes", () =>
  withRepository(async (layout) => {
    const target = join(layout.root, "shared.yaml");
    await Deno.writeTextFile(target, minimalText("web"));
    await Deno.mkdir(join(layout.models, "a"), { recursive: true });
    await Deno.symlink(target, join(layout.models, "a", "web.yaml"));
    const store = createDefinitionStore(layout);
    const stored = await store.find("web");
    await store.replace(stored, { ...stored.definition, name: "web2" });
    ok((await Deno.lstat(stored.path)).isSymlink);
    match(await Deno.readTextFile(target), /^name: web2$/m);
  }));

Deno.test("removing takes the file and the folders that become empty, and no others", () =>
  withRepository(async (layout) => {
    const store = createDefinitionStore(layout);
    const first = await store.add(sample("a", { type: "@acme/x/y" }));
    const second = await store.add(sample("b", { type: "@acme/z" }));
    await store.remove(first.path);
    deepEqual([...Deno.readDirSync(join(layout.models, "@acme"))].map(({ name }) => name), ["z"]);
    await store.remove(second.path);
    deepEqual([...Deno.readDirSync(layout.models)], []);
    equal(await store.lookup("a"), undefined);
  }));

Deno.test("a definition that cannot be written is an error that names the file", () =>
  withRepository(async (layout) => {
    await Deno.writeTextFile(layout.models, "in the way");
    const definition = sample("web");
    await rejects(createDefinitionStore(layout).add(definition), {
      code: "not_writable",
      message: new RegExp(`^Cannot write models/command/shell/${definition.id}\\.yaml: `),
    });
  }));

Deno.test("every definition survives being written and read", () =>
  withRepository(async (layout) => {
    const store = createDefinitionStore(layout);
    const key = fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 })
      .filter((text) => !["__proto__", "<<"].includes(text));
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(
        "yes",
        "2026-01-01",
        "1_000",
        "null",
        "~",
        " x ",
        "a\n  b\n\n",
        "# no",
        "0x1f",
      ),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(key, tie("value"), { maxKeys: 3 }),
      ),
    }));
    const values = fc.dictionary(key, value, { maxKeys: 4 });
    await fc.assert(
      fc.asyncProperty(values, values, fc.dictionary(key, text), async (before, after, tags) => {
        const plain = (data: unknown) => JSON.parse(JSON.stringify(data));
        const stored = await store.add(sample("web", { tags, globalArguments: plain(before) }));
        deepEqual(plain((await store.find("web")).definition), plain(stored.definition));
        const changed = { ...stored.definition, globalArguments: plain(after), tags: {} };
        await store.replace(stored, changed);
        deepEqual(plain((await store.find("web")).definition), plain(changed));
        await store.remove(stored.path);
      }),
      { numRuns: 60 },
    );
  }));

Deno.test("workflows that use a definition are found by its name and by its id", () =>
  withRepository(async (layout) => {
    const definition = sample("web");
    const workflow = (name: string, type: string, model: string) =>
      `name: ${name}\njobs:\n  - name: j\n    steps:\n      - name: s\n        task:\n` +
      `          type: ${type}\n          modelIdOrName: ${model}\n          methodName: m\n`;
    await Deno.mkdir(layout.workflows);
    const files: Record<string, string> = {
      "workflow-1.yaml": workflow("by-name", "model_method", "web"),
      "workflow-2.yaml": workflow("by-id", "model_method", definition.id),
      "workflow-3.yaml": workflow("other-model", "model_method", "website"),
      "workflow-4.yaml": workflow("other-task", "workflow", "web"),
      "workflow-5.yaml": workflow("escaped", "model_method", '"w\\u0065b"'),
      "broken.yaml": "jobs: [web",
    };
    for (const [file, text] of Object.entries(files)) {
      await Deno.writeTextFile(join(layout.workflows, file), text);
    }
    deepEqual(await createDefinitionStore(layout).workflowsUsing(definition), [
      "by-id",
      "by-name",
      "escaped",
    ]);
  }));

Deno.test("the text of a definition is parsed without being judged", () =>
  withRepository(async (layout) => {
    const store = createDefinitionStore(layout);
    deepEqual(await store.parse("a: 1\n"), { a: 1 });
    await rejects(store.parse("a: [\n"), { code: "invalid_yaml", message: /line 2, column 1$/ });
    notEqual(await store.parse("{}"), undefined);
  }));
