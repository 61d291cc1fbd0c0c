import { equal, match, ok } from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { method, sourceOf } from "../model_source.ts";
import { createModel, runArgs } from "../models.ts";
import { succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";
import { inTerminal, terminalTest } from "../terminal.ts";

/** A repository with the model `m`, whose method logs a record with properties. */
const repository = await Repository.create();
repository.write(
  "extensions/models/logs.ts",
  sourceOf("@acme/logs", {
    methods: `{ ${
      method(
        "note",
        `context.logger.with({ zone: "b" }).info("made {id}", { id: args.id, n: 2 });`,
        "z.object({ id: z.string() })",
      )
    } }`,
  }),
);
await createModel(repository, "@acme/logs", "m");
Deno.test.afterAll(() => repository[Symbol.dispose]());

/** What somebody at a terminal sees of the record, without colours. */
async function seen(id: string, ...flags: string[]): Promise<string> {
  const run = ["model", "method", "run", "m", "note", "--skip-reports", "--input", `'id=${id}'`];
  const { text } = await inTerminal([...run, ...flags].join(" "), { cwd: repository.root });
  const lines = stripVTControlCharacters(text).split("\n");
  const record = lines.find((line) => line.includes(" made "));
  ok(record !== undefined, text);
  return record;
}

terminalTest("at a terminal records are in columns, with the whole name of the level", async () => {
  match(
    await seen("i-1"),
    /^\d\d:\d\d:\d\d\.\d{3} {2}info {5}model·method·run·m·note {2}made "i-1"$/,
  );
});

terminalTest("--show-properties adds what a record carries besides its message", async () => {
  match(await seen("i-1", "--show-properties"), /made "i-1" {2}\{ zone: "b", id: "i-1", n: 2 \}$/);
});

terminalTest("a secret among the properties is masked", async () => {
  await succeeds(repository, ["vault", "create", "local_encryption", "v"]);
  await succeeds(repository, ["vault", "put", "v", "k=very-hidden"]);
  const record = await seen("${{ vault.get(v, k) }}", "--show-properties");
  match(record, /made "\*\*\*" {2}\{ zone: "b", id: "\*\*\*", n: 2 \}$/);
});

Deno.test("without a terminal properties are not shown, whoever asks for them", async () => {
  const args = [...runArgs("m", "note", { id: "i-1" }), "--show-properties"];
  match((await repository.run(args)).stdout, / made "i-1"$/m);
});

Deno.test("with --json there are no records, whatever the level", async () => {
  const { status } = await succeeds(repository, [
    ...runArgs("m", "note", { id: "i-1" }),
    ...["--log-level", "debug"],
  ]);
  equal(status, "succeeded");
});
