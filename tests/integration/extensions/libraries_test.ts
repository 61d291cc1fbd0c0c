import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import { fromFileUrl, join } from "@std/path";
import { examine, tagsOf } from "./doctor_fixture.ts";
import { ageBatches, batchNames, filesBelow } from "./faults/stored_files.ts";
import { CHECKOUT } from "./faults/opening_process.ts";
import { RepositoryFixture } from "./repository_fixture.ts";

const LIBRARY = `import ms from "npm:ms@2.1.3";
import { CloudError } from "./errors.ts";
export { CloudError };
export const HOUR = ms("1h");
export const fail = () => new CloudError("no");
`;

/** A model that hands out what it has from the library, through a method that only the test calls. */
function cloudModel(type: string, imports = `import { CloudError, fail } from "./_lib/cloud.ts";`) {
  return `import { z } from "npm:zod@4.3.6";
${imports}
export const model = {
  type: ${JSON.stringify(type)},
  version: "2026.01.02.1",
  resources: {},
  methods: {
    get: {
      description: "Reads it",
      arguments: z.object({}),
      execute: () => Promise.resolve({ CloudError, failure: fail() }),
    },
  },
};
`;
}

/** A repository with two models that share a library, in one batch. */
async function cloudRepository(folder?: string): Promise<RepositoryFixture> {
  const repository = new RepositoryFixture(folder);
  repository.write("_lib/cloud.ts", LIBRARY);
  repository.write("_lib/errors.ts", "export class CloudError extends Error {}\n");
  repository.write("a.ts", cloudModel("@acme/a"));
  repository.write("b.ts", cloudModel("@acme/b"));
  await index(repository);
  return repository;
}

async function index(repository: RepositoryFixture): Promise<number> {
  using opened = await repository.open();
  deepEqual([opened.broken, opened.warnings], [{}, []]);
  return opened.built;
}

/** What the method of a type gives. */
// deno-lint-ignore no-explicit-any -- whatever a test's model returns
async function got(repository: RepositoryFixture, type: string): Promise<any> {
  const model = await (await repository.modelTypes()).resolve(type);
  return await model.methods.get!.execute({}, {} as never);
}

/** Names of batches that were made after `before`. */
function newBatches(repository: RepositoryFixture, before: readonly string[]): string[] {
  return batchNames(repository).filter((name) => !before.includes(name));
}

/** Whether a batch has a copy of the npm package that the library imports. */
function hasPackage(repository: RepositoryFixture, batch: string): boolean {
  return filesBelow(repository.path(".swamp/bundles", batch))
    .some((path) => path.endsWith(".js") && Deno.readTextFileSync(path).includes("msAbs"));
}

Deno.test("an edited source imports its library from the batch that has it", async () => {
  using repository = await cloudRepository();
  const [first] = batchNames(repository);
  ok(hasPackage(repository, first!));
  repository.write("a.ts", cloudModel("@acme/a2"));
  equal(await index(repository), 1);
  const [second] = newBatches(repository, [first!]);
  ok(!hasPackage(repository, second!));
  const { CloudError, failure } = await got(repository, "@acme/a2");
  ok(failure instanceof CloudError);
});

Deno.test("a library is one module for the sources of different batches", async () => {
  using repository = await cloudRepository();
  repository.write("a.ts", cloudModel("@acme/a2"));
  await index(repository);
  const [a, b] = [await got(repository, "@acme/a2"), await got(repository, "@acme/b")];
  equal(a.CloudError, b.CloudError);
});

Deno.test("an export of a library that nothing used before can be imported", async () => {
  using repository = await cloudRepository();
  const imports = `import { HOUR } from "./_lib/cloud.ts";
const [CloudError, fail] = [HOUR, () => HOUR];`;
  repository.write("a.ts", cloudModel("@acme/a", imports));
  equal(await index(repository), 1);
  equal((await got(repository, "@acme/a")).CloudError, 3_600_000);
});

Deno.test("nothing exists twice when a source also imports a part of a library", async () => {
  using repository = await cloudRepository();
  const before = batchNames(repository);
  const imports = `import { fail } from "./_lib/cloud.ts";
import { CloudError } from "./_lib/errors.ts";`;
  repository.write("a.ts", cloudModel("@acme/a", imports));
  equal(await index(repository), 1);
  const { CloudError, failure } = await got(repository, "@acme/a");
  ok(failure instanceof CloudError);
  ok(hasPackage(repository, newBatches(repository, before)[0]!));
});

Deno.test("nothing exists twice when a source also imports a package of a library", async () => {
  using repository = await cloudRepository();
  const before = batchNames(repository);
  const imports = `import { CloudError, fail } from "./_lib/cloud.ts";
import ms from "npm:ms@2";
if (ms("1s") !== 1000) throw new Error();`;
  repository.write("a.ts", cloudModel("@acme/a", imports));
  equal(await index(repository), 1);
  ok(hasPackage(repository, newBatches(repository, before)[0]!));
});

Deno.test("whoever edits a library, or what it imports, gets everything built with it", async () => {
  for (const [name, text] of [["cloud.ts", LIBRARY], ["errors.ts", ""]] as const) {
    using repository = await cloudRepository();
    repository.write("a.ts", cloudModel("@acme/a2"));
    await index(repository);
    const edited = "export class CloudError extends Error { readonly edition = 2; }\n";
    repository.write(`_lib/${name}`, text === "" ? edited : `${text}// edited\n`);
    equal(await index(repository), 2);
    const { failure } = await got(repository, "@acme/a2");
    equal(failure.edition, text === "" ? 2 : undefined);
  }
});

Deno.test("a library of another project is not borrowed", async () => {
  using repository = await cloudRepository();
  const before = batchNames(repository);
  repository.write("project/deno.json", "{}");
  const imports = `import { CloudError, fail } from "../_lib/cloud.ts";`;
  repository.write("project/c.ts", cloudModel("@acme/c", imports));
  equal(await index(repository), 1);
  ok(hasPackage(repository, newBatches(repository, before)[0]!));
});

Deno.test("a batch stays as long as others import from it", async () => {
  using repository = await cloudRepository();
  const [first] = batchNames(repository);
  for (const edition of [2, 3]) {
    for (const name of ["a", "b"]) {
      ageBatches(repository);
      repository.write(`${name}.ts`, cloudModel(`@acme/${name}${edition}`));
      await index(repository);
    }
  }
  ok(batchNames(repository).includes(first!));
  equal(tagsOf(await examine(repository))["extensions/models/a.ts"], "Indexed");
  for (const name of ["a", "b"]) Deno.removeSync(repository.path(`extensions/models/${name}.ts`));
  ageBatches(repository);
  await index(repository);
  deepEqual(batchNames(repository), []);
});

Deno.test("a lost catalog is made again from batches that import from each other", async () => {
  using repository = await cloudRepository();
  for (const name of ["a", "b"]) {
    repository.write(`${name}.ts`, cloudModel(`@acme/${name}2`));
    await index(repository);
  }
  const before = batchNames(repository);
  Deno.removeSync(repository.path(".swamp/_extension_catalog.db"));
  ageBatches(repository);
  equal(await index(repository), 0);
  equal(batchNames(repository).length, before.length);
  const types = await repository.modelTypes();
  equal((await types.resolve("@acme/b2")).type, "@acme/b2");
});

Deno.test("sources are built again when the batch that they import from is gone", async () => {
  using repository = await cloudRepository();
  const [first] = batchNames(repository);
  for (const name of ["a", "b"]) {
    repository.write(`${name}.ts`, cloudModel(`@acme/${name}2`));
    await index(repository);
  }
  Deno.removeSync(repository.path(".swamp/bundles", first!), { recursive: true });
  equal(await index(repository), 2);
  ok((await got(repository, "@acme/a2")).failure instanceof Error);
});

Deno.test("damage in a batch shows at the sources that import from it, and is repaired", async () => {
  using repository = await cloudRepository();
  const [first] = batchNames(repository);
  repository.write("a.ts", cloudModel("@acme/a2"));
  await index(repository);
  const batch = repository.path(".swamp/bundles", first!);
  const chunk = filesBelow(batch).find((path) => path.includes("chunk"))!;
  Deno.writeTextFileSync(chunk, "export const nothing = 1;");
  const document = await examine(repository);
  equal(tagsOf(document)["extensions/models/a.ts"], "BundleDamaged");
  ok((await got(repository, "@acme/a2")).failure instanceof Error);
  equal(tagsOf(await examine(repository))["extensions/models/a.ts"], "Indexed");
});

Deno.test("a process keeps the batches that its bundles import from", async () => {
  using repository = await cloudRepository();
  const [first] = batchNames(repository);
  repository.write("a.ts", cloudModel("@acme/a2"));
  await index(repository);
  const program = fromFileUrl(new URL("./faults/loading_program.ts", import.meta.url));
  const options = ["-A", "--no-check", "--no-lock", "--config", join(CHECKOUT, "deno.json")];
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", ...options, program, repository.root, "@acme/a2"],
    stdout: "piped",
  }).spawn();
  const output = child.stdout.getReader();
  await output.read();
  Deno.removeSync(repository.path("extensions/models/a.ts"));
  Deno.removeSync(repository.path("extensions/models/b.ts"));
  ageBatches(repository);
  await index(repository);
  ok(batchNames(repository).includes(first!));
  child.kill("SIGKILL");
  await child.status;
  await output.cancel();
});

Deno.test("when many batches have piled up the small ones become one", async () => {
  using repository = await cloudRepository();
  const [first] = batchNames(repository);
  const names = "cdefghijkl".split("");
  const built: number[] = [];
  for (const name of names) {
    ageBatches(repository);
    repository.write(`${name}.ts`, cloudModel(`@acme/${name}`));
    built.push(await index(repository));
  }
  deepEqual(built, [1, 1, 1, 1, 1, 1, 1, 1, 9, 1]);
  ok(batchNames(repository).includes(first!));
  for (const name of ["a", ...names]) {
    ok((await got(repository, `@acme/${name}`)).failure instanceof Error, name);
  }
});

for (const [name, isBorrowed] of [[`it's "ü" #1 100%41`, true], ["a, b", false]] as const) {
  Deno.test(`libraries are ${isBorrowed ? "" : "not "}borrowed below a folder named ${name}`, async () => {
    const parent = Deno.realPathSync(Deno.makeTempDirSync());
    Deno.mkdirSync(join(parent, name));
    {
      using repository = await cloudRepository(join(parent, name));
      const [first] = batchNames(repository);
      repository.write("a.ts", cloudModel("@acme/a2"));
      await index(repository);
      equal(hasPackage(repository, newBatches(repository, [first!])[0]!), !isBorrowed);
      ok((await got(repository, "@acme/a2")).failure instanceof Error);
    }
    Deno.removeSync(parent, { recursive: true });
  });
}

Deno.test("a file that is edited while imports are read is looked at again", async () => {
  for (const restoreTime of [false, true]) {
    using repository = new RepositoryFixture();
    const helper = repository.write("_lib/helper.ts", `export const text = "one";\n`);
    Deno.utimeSync(helper, 1_600_000_000, 1_600_000_000);
    repository.write("_lib/late.ts", `export const late = "one";\n`);
    const imports = `import { text } from "./_lib/helper.ts";
const [CloudError, fail] = [text, () => text];`;
    repository.write("a.ts", cloudModel("@acme/a", imports));
    const onPhase = (phase: string) => {
      if (phase !== "module graph") return;
      repository.write("_lib/helper.ts", `export { late as text } from "./late.ts";\n`);
      if (restoreTime) Deno.utimeSync(helper, 1_600_000_000, 1_600_000_000);
    };
    (await repository.open({ onPhase })).store.close();
    await index(repository);
    repository.write("_lib/late.ts", `export const late = "two";\n`);
    notEqual(await index(repository), 0);
    equal((await got(repository, "@acme/a")).CloudError, "two");
  }
});

Deno.test("texts in other encodings are not taken for edited ones", async () => {
  using repository = new RepositoryFixture();
  const mark = "\ufeff";
  repository.write("_lib/helper.ts", `${mark}export const text = "é";\n`);
  const imports = `import { text } from "./_lib/helper.ts";
const [CloudError, fail] = [text, () => text];`;
  repository.write("a.ts", `${mark}${cloudModel("@acme/a", imports)}`);
  equal(await index(repository), 1);
  equal(await index(repository), 0);
});
