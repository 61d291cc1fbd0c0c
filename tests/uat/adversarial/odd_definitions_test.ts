import { deepEqual, equal, match } from "node:assert/strict";
import fc from "fast-check";
import { parse, stringify } from "yaml";
import { sourceOf } from "../model_source.ts";
import { runMethod } from "../models.ts";
import { succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";

const definition = (name: string, more = "") =>
  `type: command/shell\nid: ${crypto.randomUUID()}\nname: ${name}\nversion: 1\n${more}`;

Deno.test("a file saved with a byte order mark and CRLF line ends is read like any other", async () => {
  using repository = await Repository.create();
  const text = definition(
    "crlf",
    "methods:\n  execute:\n    arguments:\n      run: |\n        echo a\n        echo b\n",
  );
  repository.write("models/crlf.yaml", `\ufeff${text.replaceAll("\n", "\r\n")}`);
  const { dataArtifacts } = await runMethod(repository, "crlf", "execute");
  equal(dataArtifacts[0].attributes.stdout, "a\nb");
});

Deno.test("comments, anchors, aliases and quotes of every style are read", async () => {
  using repository = await Repository.create();
  repository.write(
    "models/styles.yaml",
    definition(
      `"styles" # a comment`,
      "tags: &tags { a: 'b' }\nglobalArguments:\n  again: *tags\n  list: [1, two, null]\n" +
        "  text: >-\n    folded\n    text\n",
    ),
  );
  const { code, json } = await repository.run(["model", "get", "styles", "--json"]);
  equal(code, 0);
  deepEqual(json.tags, { a: "b" });
  deepEqual(json.globalArguments, {
    again: { a: "b" },
    list: [1, "two", null],
    text: "folded text",
  });
});

Deno.test("aliases that would fill the memory are refused by name, in no time", async () => {
  using repository = await Repository.create();
  const letters = "abcdefghijklmnop";
  const lines = [...letters.slice(1)].map((letter, index) =>
    `  ${letter}: &${letter} [${Array(9).fill(`*${letters[index]}`).join(",")}]\n`
  );
  repository.write(
    "models/bomb.yaml",
    definition("bomb", `globalArguments:\n  a: &a [x]\n${lines.join("")}`),
  );
  repository.write("models/good.yaml", definition("good"));
  const { code, stdout, stderr } = await repository.run(["model", "search", "--json"]);
  equal(code, 0);
  deepEqual(JSON.parse(stdout).results.map((one: { name: string }) => one.name), ["good"]);
  match(stderr + stdout, /models\/bomb\.yaml/);
});

Deno.test("keys that JavaScript treats specially are data", async () => {
  using repository = await Repository.create();
  repository.write(
    "models/keys.yaml",
    definition("keys", "globalArguments: { __proto__: { a: 1 }, constructor: 2, toString: 3 }\n"),
  );
  const { stdout } = await repository.run(["model", "get", "keys", "--json"]);
  match(stdout, /"__proto__": \{\s+"a": 1\s+\}/);
  match(stdout, /"constructor": 2/);
  match(stdout, /"toString": 3/);
});

Deno.test("a definition of a megabyte is read and run", async () => {
  using repository = await Repository.create();
  const filler = Array.from({ length: 20_000 }, (_, n) => `  key${n}: ${"x".repeat(40)}\n`).join(
    "",
  );
  repository.write("models/big.yaml", definition("big", `globalArguments:\n${filler}`));
  const { globalArguments } = await succeeds(repository, ["model", "get", "big"]);
  equal(Object.keys(globalArguments).length, 20_000);
  equal((await runMethod(repository, "big", "execute", { run: "true" })).status, "succeeded");
});

Deno.test("what create, edit and get do with any text and number is to keep it", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/any.ts", sourceOf("@acme/any", {}));
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 40 }),
    fc.string({ unit: "binary-ascii", maxLength: 40 }).map((one) => one.replaceAll("\0", "")),
    fc.constantFrom("yes", "null", "~", "1e3", "0x10", "2024-01-01", "- a", "a: b", "#c", "%", "@"),
    fc.constantFrom("", " lead", "trail ", "a\n", "\n\nb", "a\n b", "'", '"', "\\", "\t", "\u0085"),
  ).filter((one) =>
    !one.startsWith("@") && !one.startsWith("\\@") && one.isWellFormed() &&
    // Deno itself drops a carriage return at the end of an argument.
    !one.endsWith("\r")
  );
  let count = 0;
  const texts = fc.array(text, { minLength: 1, maxLength: 60, size: "max" });
  await fc.assert(
    fc.asyncProperty(texts, fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), async (
      values,
      numbers,
    ) => {
      const name = `m${count++}`;
      const pairs = values.flatMap((value, index) => ["--global-arg", `k${index}=${value}`]);
      const { path } = await succeeds(repository, [
        ...["model", "create", "@acme/any", name, ...pairs],
      ]);
      const expected = Object.fromEntries(values.map((value, index) => [`k${index}`, value]));
      deepEqual(parse(Deno.readTextFileSync(path)).globalArguments, expected);
      deepEqual((await succeeds(repository, ["model", "get", name])).globalArguments, expected);

      const globalArguments = { ...expected, numbers, nested: { values } };
      const stdin = stringify({ ...parse(Deno.readTextFileSync(path)), globalArguments });
      await succeeds(repository, ["model", "edit", name], { stdin });
      const edited = (await succeeds(repository, ["model", "get", name])).globalArguments;
      deepEqual(edited, JSON.parse(JSON.stringify(globalArguments)));
    }),
    { numRuns: 6 },
  );
});
