import { deepEqual, equal, match } from "node:assert/strict";
import { unprivileged } from "../../integration/extensions/faults/privileges.ts";
import { createModel, runMethod } from "../models.ts";
import { Repository, SWAMP_BIN } from "../swamp.ts";

const UNPRIVILEGED = unprivileged();

/** A repository with two models of two types, each of which was run. */
const repository = await Repository.create();
const sh = await createModel(repository, "command/shell", "sh");
const other = await createModel(repository, "command/shell", "other");
for (const model of ["sh", "other"]) {
  await runMethod(repository, model, "execute", { run: "echo 1" }, ["--skip-reports"]);
}
Deno.test.afterAll(() => repository[Symbol.dispose]());

/** Runs a command for which the permissions of files count. */
async function bound(command: string) {
  const [program, ...args] = [...UNPRIVILEGED!, SWAMP_BIN, ...command.split(" "), "--json"];
  const { code, stdout, stderr } = await new Deno.Command(program!, { args, cwd: repository.root })
    .output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, json: JSON.parse(text(stdout)), stderr: text(stderr) };
}

/** Runs a command that must succeed and tell once of the one folder that it cannot read. */
async function warnsOf(folder: string, command: string) {
  const { code, json, stderr } = await bound(command);
  equal(code, 0, `${command}: ${stderr}`);
  const warnings = stderr.split("\n").filter((line) => line.startsWith("warning:"));
  equal(warnings.length, 1, `${command}: ${stderr}`);
  match(warnings[0]!, new RegExp(`^warning: Skipping ${folder}: Permission denied`), command);
  return json;
}

/** Runs `test` while a folder cannot be read. */
async function whileUnreadable(folder: string, test: () => Promise<void>): Promise<void> {
  const path = repository.path(folder);
  Deno.chmodSync(path, 0o000);
  try {
    await test();
  } finally {
    Deno.chmodSync(path, 0o755);
  }
}

const names = (found: readonly { readonly name: string; readonly modelName: string }[]) =>
  found.map(({ name, modelName }) => `${modelName} ${name}`).sort();

Deno.test({
  name: "data that cannot be read are left out with one warning, other data of the model stay",
  ignore: UNPRIVILEGED === undefined,
  fn: async () => {
    const folder = `.swamp/data/command/shell/${sh.id}/log`;
    const rest = ["other log", "other result", "sh result"];
    await bound("data query true");
    await whileUnreadable(folder, async () => {
      const { groups } = await warnsOf(folder, "data list sh");
      deepEqual(
        groups.flatMap((group: { items: { name: string }[] }) => group.items)
          .map((item: { name: string }) => item.name),
        ["result"],
      );
      deepEqual(names((await warnsOf(folder, "data search")).results), rest);
      for (const _time of ["first", "again"]) {
        deepEqual(names((await warnsOf(folder, "data query true")).results), rest);
      }
      equal((await warnsOf(folder, "data gc")).versionsDeleted, 0);
      equal((await bound("data get sh result")).code, 0);
    });
    equal((await bound("data query true")).json.results.length, 4);
  },
});

Deno.test({
  name: "a model whose data cannot be read is left out with one warning, other models stay",
  ignore: UNPRIVILEGED === undefined,
  fn: async () => {
    const folder = `.swamp/data/command/shell/${sh.id}`;
    const rest = ["other log", "other result"];
    await whileUnreadable(folder, async () => {
      deepEqual((await warnsOf(folder, "data list sh")).groups, []);
      deepEqual(names((await warnsOf(folder, "data search")).results), rest);
      deepEqual(names((await warnsOf(folder, "data query true")).results), rest);
      equal((await warnsOf(folder, "data gc")).versionsDeleted, 0);
      const run = await bound("model method run other execute --input run=true --skip-reports");
      equal(run.code, 0, run.stderr);
    });
    equal((await bound("data query true")).json.results.length, 4);
  },
});

Deno.test({
  name: "runs that cannot be read are left out with one warning",
  ignore: UNPRIVILEGED === undefined,
  fn: async () => {
    const folder = ".swamp/outputs/command/shell/execute";
    await whileUnreadable(folder, async () => {
      deepEqual((await warnsOf(folder, "model output search")).results, []);
    });
    const { results } = (await bound("model output search")).json;
    deepEqual(
      new Set(results.map((run: { definitionId: string }) => run.definitionId)),
      new Set([sh.id, other.id]),
    );
  },
});
