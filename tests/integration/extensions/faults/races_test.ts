import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "@std/path";
import { swampArguments } from "../../cli/swamp_process.ts";
import { modelSource, RepositoryFixture } from "../repository_fixture.ts";
import { CliRepository } from "./cli_repository.ts";
import { CHECKOUT, openingResult, openInProcess, startOpening } from "./opening_process.ts";

const LOCK = ".swamp/_extension_build.lock";
const SCHEMA = "src/infrastructure/persistence/extension_catalog_schema.ts";

Deno.test("ten processes see the helper that all sources share as it was or as it is", async () => {
  using repository = new RepositoryFixture();
  const names = ["a", "b", "c", "d"];
  const edition = (number: number) => {
    const fresh = repository.path("fresh");
    Deno.writeTextFileSync(fresh, `export const EDITION = "e${number}";`);
    Deno.renameSync(fresh, repository.path("extensions/models/_lib/edition.ts"));
  };
  repository.write("_lib/edition.ts", "");
  for (const name of names) {
    const source = modelSource("x").replace('"x"', `"@acme/${name}-" + EDITION`);
    repository.write(`${name}.ts`, `import { EDITION } from "./_lib/edition.ts";\n${source}`);
  }
  const typesOf = (number: number) => names.map((name) => `@acme/${name}-e${number}`).join();
  edition(0);
  for (let round = 1; round <= 2; round++) {
    const children = Array.from({ length: 10 }, () => startOpening(repository.root));
    await new Promise((resolve) => setTimeout(resolve, 100 * round));
    edition(round);
    for (const { types, broken, warnings } of await Promise.all(children.map(openingResult))) {
      ok([typesOf(round - 1), typesOf(round)].includes(types.join()), types.join());
      deepEqual([broken, warnings], [{}, []]);
    }
    equal((await openInProcess(repository.root)).types.join(), typesOf(round));
  }
});

/** A copy of the program whose catalog and bundles have another layout. */
class OtherVersion implements Disposable {
  readonly checkout = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "swamp-other-" }));

  static async create(): Promise<OtherVersion> {
    const other = new OtherVersion();
    Deno.mkdirSync(join(other.checkout, "tests/integration"), { recursive: true });
    const folders = ["src", "links", "deno.json", "tests/integration/extensions"];
    await Promise.all(folders.map(async (path) => {
      const target = join(other.checkout, path);
      const { success } = await new Deno.Command("cp", {
        args: ["-r", join(CHECKOUT, path), target],
      }).output();
      ok(success);
    }));
    const schema = Deno.readTextFileSync(join(CHECKOUT, SCHEMA));
    const changed = schema.replace(/(CATALOG_LAYOUT = )".*"/, '$1"another"');
    ok(changed !== schema);
    Deno.writeTextFileSync(join(other.checkout, SCHEMA), changed);
    return other;
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.checkout, { recursive: true });
  }
}

Deno.test("two versions of swamp on one repository are both right, in turn and at once", async () => {
  using repository = new RepositoryFixture();
  using other = await OtherVersion.create();
  const { checkout } = other;
  for (const name of ["a", "b", "c"]) repository.write(`${name}.ts`, modelSource(`@acme/${name}`));
  const all = ["@acme/a", "@acme/b", "@acme/c"];
  const rightly = ({ types, broken, warnings }: Awaited<ReturnType<typeof openInProcess>>) =>
    deepEqual([types, broken, warnings], [all, {}, []]);
  for (let turn = 0; turn < 2; turn++) {
    rightly(await openInProcess(repository.root));
    rightly(await openInProcess(repository.root, { checkout }));
  }
  const children = Array.from(
    { length: 6 },
    (_, index) => startOpening(repository.root, index % 2 === 0 ? { checkout } : {}),
  );
  (await Promise.all(children.map(openingResult))).forEach(rightly);
  const last = await openInProcess(repository.root);
  rightly(last);
  equal((await openInProcess(repository.root)).built, 0);
});

/** Locks the build lock of a repository as a builder does. */
async function lockBuild(repository: RepositoryFixture): Promise<Deno.FsFile> {
  const file = Deno.openSync(repository.path(LOCK), { create: true, write: true });
  await file.lock(true);
  return file;
}

Deno.test("a command that waits for a build says so after a second, once, on stderr", async () => {
  using repository = await CliRepository.create();
  repository.write("a.ts", modelSource("@acme/a"));
  const build = await lockBuild(repository);
  const child = new Deno.Command(Deno.execPath(), {
    args: swampArguments(["model", "type", "search", "@acme", "--json"]),
    cwd: repository.root,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stdout = new Response(child.stdout).text();
  let stderr = "";
  for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
    stderr += text;
    if (stderr.includes("\n")) build.close();
  }
  match(stderr, /^.*waiting for another swamp process that is indexing extensions …\n$/);
  equal(JSON.parse(await stdout).results.length, 1);
  equal((await child.status).code, 0);
});

Deno.test("the lock of a builder that was killed is free", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  Deno.mkdirSync(repository.path(".swamp"));
  const program = `
    const file = Deno.openSync(${
    JSON.stringify(repository.path(LOCK))
  }, { create: true, write: true });
    file.lockSync(true);
    console.log("locked");
    setInterval(() => {}, 1000);`;
  const holder = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-lock", program],
    stdout: "piped",
  }).spawn();
  const output = holder.stdout.getReader();
  await output.read();
  holder.kill("SIGKILL");
  await holder.status;
  await output.cancel();
  using opened = await repository.open();
  deepEqual([opened.types, opened.notices], [["@acme/a"], []]);
});

Deno.test("a command that finds nothing changed does not wait for a build", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  (await repository.open()).store.close();
  using _build = await lockBuild(repository);
  using opened = await repository.open();
  deepEqual([opened.types, opened.notices], [["@acme/a"], []]);
});
