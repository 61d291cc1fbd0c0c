import { deepEqual, equal, match, ok } from "node:assert/strict";
import { extensionSource, modelSource, RepositoryFixture } from "../repository_fixture.ts";
import { CliRepository } from "./cli_repository.ts";
import { CATALOG, forget } from "./stored_files.ts";
import { ThingRepository } from "./thing_repository.ts";

// deno-lint-ignore no-explicit-any -- what a command printed.
type Document = any;

/** A command that needs what is known of a type, or its code, and what it must show. */
interface LazyCommand {
  readonly words: (model: string) => readonly string[];
  readonly stdin?: (id: string) => string;
  readonly shows: (document: Document, edition: ThingRepository["edition"]) => void;
}

const methodsOf = ({ methods }: Document): Record<string, string> =>
  Object.fromEntries(
    methods.map((method: { name: string; description: string }) => [
      method.name,
      method.description,
    ]),
  );

const bothMethods: LazyCommand["shows"] = (document, edition) => {
  deepEqual(methodsOf(document), {
    sync: `Edition ${edition.thing}`,
    more: `More ${edition.more}`,
  });
};

const COMMANDS: Readonly<Record<string, LazyCommand>> = {
  "model type search": {
    words: () => ["model", "type", "search", "@acme/thing"],
    shows: ({ results }) => deepEqual(results, [{ raw: "@acme/thing", normalized: "@acme/thing" }]),
  },
  "model type describe": {
    words: () => ["model", "type", "describe", "@acme/thing"],
    shows: bothMethods,
  },
  "model method describe": {
    words: (model) => ["model", "method", "describe", model, "more"],
    shows: ({ method }, edition) => equal(method.description, `More ${edition.more}`),
  },
  "model validate": {
    words: (model) => ["model", "validate", model],
    shows: ({ passed, type }) => deepEqual({ passed, type }, { passed: true, type: "@acme/thing" }),
  },
  "model validate of all": {
    words: () => ["model", "validate"],
    shows: ({ passed, totalPassed }) => ok(passed && totalPassed >= 1),
  },
  "model get": { words: (model) => ["model", "get", model], shows: bothMethods },
  "model search": {
    words: () => ["model", "search", "one"],
    shows: ({ results }) => deepEqual(results.map(({ name }: Document) => name), ["one"]),
  },
  "model edit": {
    words: (model) => ["model", "edit", model],
    stdin: (id) => `id: ${id}\nname: one\nversion: 1\ntags: {}\nglobalArguments: {}\nmethods: {}\n`,
    shows: ({ status, type }) =>
      deepEqual({ status, type }, { status: "updated", type: "@acme/thing" }),
  },
  "model method run": {
    words: (model) => ["model", "method", "run", model, "sync"],
    shows: ({ status }) => equal(status, "succeeded"),
  },
  "model method run of a method that another file adds": {
    words: (model) => ["model", "method", "run", model, "more"],
    shows: ({ status }) => equal(status, "succeeded"),
  },
  "data list": {
    words: (model) => ["data", "list", model],
    shows: (document) => match(JSON.stringify(document), /"main"/),
  },
  "data get": {
    words: (model) => ["data", "get", model, "main"],
    shows: ({ content }, edition) => equal(content.edition, edition.thing),
  },
  "completion of types": {
    words: () => ["completions", "complete", "model_type"],
    shows: (names) => ok(names.includes("@acme/thing"), String(names)),
  },
  "completion of methods": {
    words: () => ["completions", "complete", "method_name"],
    shows: (names) => deepEqual(names, ["more", "sync"]),
  },
};

/** What happens right before every command. */
const MOMENTS: Readonly<Record<string, (place: ThingRepository) => void>> = {
  "without a catalog": ({ repository }) => forget(repository, CATALOG),
  "without a catalog and bundles": ({ repository }) => {
    forget(repository, CATALOG);
    forget(repository, "bundles");
  },
  "with a catalog": () => {},
  "right after an edit of the type's file": (place) => place.editThing(),
  "right after an edit of a file that extends it": (place) => place.editMore(),
  "beside a file that was just broken": ({ repository }) =>
    repository.write("broken.ts", `export const model = { // ${crypto.randomUUID()}`),
};

for (const [moment, prepare] of Object.entries(MOMENTS)) {
  Deno.test(`no command forgets to load a type ${moment} [B1 B4 B70]`, async (test) => {
    using place = await ThingRepository.create();
    for (const [name, { words, stdin, shows }] of Object.entries(COMMANDS)) {
      await test.step(name, async () => {
        prepare(place);
        // What the data shows is the edition that wrote it.
        if (name === "data get") {
          await place.repository.json(["model", "method", "run", "one", "sync"]);
        }
        const options = stdin === undefined ? {} : { stdin: stdin(place.id) };
        shows(await place.repository.json(words("one"), options), place.edition);
      });
    }
  });
}

Deno.test("models of a type that is not loaded are found by their id [B19]", async (test) => {
  using place = await ThingRepository.create();
  const named = Object.entries(COMMANDS).filter(([, { words }]) => words("one").includes("one"));
  for (const [name, { words, stdin, shows }] of named) {
    if (name === "model search") continue;
    for (const id of [place.id, place.id.slice(0, 8)]) {
      await test.step(`${name} ${id.length === 8 ? "by the beginning of the id" : "by id"}`, async () => {
        const options = stdin === undefined ? {} : { stdin: stdin(place.id) };
        shows(await place.repository.json(words(id), options), place.edition);
      });
    }
  }
  await test.step("model delete by id", async () => {
    const { deleted } = await place.repository.json(["model", "delete", place.id, "--force"]);
    equal(deleted.name, "one");
  });
});

Deno.test("a model whose type is broken or gone is still listed, shown and deleted [B19]", async () => {
  using place = await ThingRepository.create();
  const { repository, id } = place;
  repository.write("thing.ts", "export const model = {");
  const { name, methods } = await repository.json(["model", "get", id]);
  deepEqual({ name, methods }, { name: "one", methods: undefined });
  const { items = [], ...listed } = await repository.json(["data", "list", id]);
  match(JSON.stringify([items, listed]), /"main"/);
  Deno.removeSync(repository.path("extensions/models/thing.ts"));
  equal((await repository.json(["model", "search", "one"])).results.length, 1);
  equal((await repository.json(["model", "delete", id, "--force"])).deleted.id, id);
});

Deno.test("a type named like a built-in is told once per command, and the rest loads [B3]", async () => {
  using repository = await CliRepository.create();
  repository.write("shell.ts", modelSource("command/shell"));
  repository.write("thing.ts", modelSource("@acme/thing"));
  for (const run of ["first", "second"]) {
    const { code, stdout, stderr } = await repository.run(["model", "type", "search", "--json"]);
    equal(code, 0, run);
    equal(stderr.match(/already registered as a built-in type/g)?.length, 1, run);
    deepEqual(
      JSON.parse(stdout).results.map(({ normalized }: Document) => normalized),
      ["command/shell", "@acme/thing"],
      run,
    );
  }
  const { methods } = await repository.json(["model", "type", "describe", "command/shell"]);
  equal(methods[0].name, "execute", "the built-in is what is used");
});

Deno.test("what is listed can be described and loaded, on every run [B4]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  for (const run of ["first", "second"]) {
    const types = await repository.modelTypes();
    for (const { normalized } of types.summaries()) {
      equal(types.describe(normalized)?.type, normalized, run);
      equal((await types.resolve(normalized)).type, normalized, run);
    }
  }
});

Deno.test("an expression that refers to a model of another type is checked against that type [B6]", async (test) => {
  using repository = await CliRepository.create();
  repository.write("a.ts", modelSource("@acme/a"));
  repository.write("b.ts", modelSource("@acme/b"));
  await repository.json(["model", "create", "@acme/b", "b1", "--global-arg", "region=eu"]);
  const refer = (name: string, resource: string) => {
    const text = "region=${{ model.b1.resource." + resource + ".main.attributes.id }}";
    return repository.json(["model", "create", "@acme/a", name, "--global-arg", text]);
  };
  await refer("good", "state");
  await refer("bad", "nonsense");
  for (const moment of ["cold", "warm"]) {
    for (const [name, passes] of [["good", true], ["bad", false]] as const) {
      await test.step(`${name}, ${moment}`, async () => {
        if (moment === "cold") forget(repository, CATALOG);
        const { stdout } = await repository.run(["model", "validate", name, "--json"]);
        const { passed, validations } = JSON.parse(stdout);
        equal(passed, passes, stdout);
        ok(!JSON.stringify(validations).includes("Unknown model type"));
      });
    }
  }
});

Deno.test("a definition is saved with the version of its type's code as it is now [B7]", async () => {
  using place = await ThingRepository.create();
  const { repository } = place;
  const typeVersion = async (name: string) =>
    (await repository.json(["model", "get", name])).typeVersion;
  place.editThing();
  await repository.json(["model", "create", "@acme/thing", "two"]);
  equal(await typeVersion("two"), "2026.01.02.2");
  const files = [...Deno.readDirSync(repository.path("models/@acme/thing"))];
  const texts = files.map(({ name }) =>
    Deno.readTextFileSync(repository.path("models/@acme/thing", name))
  );
  match(texts.find((text) => /name: two/.test(text)) ?? "", /typeVersion: ["']?2026\.01\.02\.2/);
});

Deno.test("callers that come together all get the type with its extensions [B11]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  repository.write(
    "slow.ts",
    extensionSource("@acme/a", "extra") +
      "await new Promise((resolve) => setTimeout(resolve, 200));",
  );
  const types = await repository.modelTypes();
  const early = Array.from({ length: 5 }, () => types.resolve("@acme/a"));
  await new Promise((resolve) => setTimeout(resolve, 50));
  for (const { methods } of await Promise.all([...early, types.resolve("@acme/a")])) {
    deepEqual(Object.keys(methods), ["get", "extra"]);
  }
});

Deno.test("a bundle that does not export what was indexed is one error and stops no other [B13]", async () => {
  using repository = await CliRepository.create();
  // The index worker sees no environment; a command does.
  repository.write(
    "moody.ts",
    modelSource("@acme/moody").replace("export const model =", "const indexed =") +
      `export const model = Deno.env.get("HOME") === undefined ? indexed : undefined;`,
  );
  repository.write("good.ts", modelSource("@acme/good"));
  const create = (type: string) =>
    repository.run(["model", "create", type, "x", "--global-arg", "region=eu", "--json"]);
  const { code, stdout } = await create("@acme/moody");
  equal(code, 1);
  const document = JSON.parse(stdout);
  match(document.error, /'@acme\/moody' cannot be loaded: extensions\/models\/moody\.ts/);
  ok(!("stack" in document));
  equal((await create("@acme/good")).code, 0);
});

Deno.test("sensitive arguments are masked in reports whether the type was loaded before or not [B14]", async () => {
  using repository = await CliRepository.create();
  const secret = `z.object({ token: z.string().meta({ sensitive: true }) })`;
  repository.write(
    "a.ts",
    modelSource("@acme/a")
      .replace(/globalArguments: .*,\n/, `globalArguments: ${secret},\n`)
      .replace("z.object({ id: z.string() }),\n      execute", `${secret},\n      execute`),
  );
  await repository.json(["model", "create", "@acme/a", "one", "--global-arg", "token=g-s3cret"]);
  for (const run of ["warm", "cold"]) {
    if (run === "cold") forget(repository, CATALOG);
    const args = ["model", "method", "run", "one", "get", "--input", "token=m-s3cret", "--json"];
    const { code, stdout, stderr } = await repository.run(args);
    equal(code, 0, stderr);
    const { reports, logFile } = JSON.parse(stdout);
    deepEqual(reports["@swamp/method-summary"].json.globalArgs, { token: "***" }, run);
    deepEqual(reports["@swamp/method-summary"].json.methodArgs, { token: "***" }, run);
    ok(!(stdout + stderr + Deno.readTextFileSync(logFile)).includes("s3cret"), run);
  }
});
