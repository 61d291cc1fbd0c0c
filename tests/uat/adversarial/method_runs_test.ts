import { deepEqual, equal, match, ok } from "node:assert/strict";
import { parse } from "yaml";
import { type BackgroundRun, isRunning, isThere, start, until } from "../background_run.ts";
import { modelSource } from "../extension_sources.ts";
import { method, sourceOf } from "../model_source.ts";
import { createModel, dataContent, runArgs, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { Repository, type Run } from "../swamp.ts";

/** A repository with the shell model `sh`. */
async function shellRepository(): Promise<{ repository: Repository; id: string }> {
  const repository = await Repository.create();
  const { id } = await createModel(repository, "command/shell", "sh");
  return { repository, id };
}

/** Numbers of the version folders of the shell's result. */
function versionsOnDisk(repository: Repository, id: string): number[] {
  return [...Deno.readDirSync(repository.path(".swamp/data/command/shell", id, "result"))]
    .filter((entry) => entry.isDirectory).map(({ name }) => Number(name)).sort((a, b) => a - b);
}

/** The run records of the shell model. */
function records(repository: Repository): Run["json"][] {
  const folder = repository.path(".swamp/outputs/command/shell/execute");
  return [...Deno.readDirSync(folder)].filter(({ name }) => name.endsWith(".yaml"))
    .map(({ name }) => parse(Deno.readTextFileSync(`${folder}/${name}`)));
}

const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);

/** Starts a run of the shell that is under way when this returns, and lasts a minute. */
async function longRun(
  repository: Repository,
  trailer = "",
): Promise<{ run: BackgroundRun; child: number }> {
  const note = repository.path(`pid-${crypto.randomUUID()}`);
  const line = `echo $$ > '${note}.new'; mv '${note}.new' '${note}'; sleep 60; ${trailer}`;
  const run = start(repository, [...runArgs("sh", "execute", { run: line }), "--json"]);
  await until("the command is under way", () => isThere(note));
  return { run, child: Number(Deno.readTextFileSync(note)) };
}

for (const count of [5, 50]) {
  Deno.test(`${count} runs of one model at once all succeed, versions without gaps`, async () => {
    const { repository, id } = await shellRepository();
    using _ = repository;
    const runs = await Promise.all(
      upTo(count).map((n) =>
        repository.run([...runArgs("sh", "execute", { run: `echo ${n}` }), "--json"])
      ),
    );
    for (const { code, stderr } of runs) equal(code, 0, stderr);
    const written = runs.map(({ json }) => {
      const [result] = json.dataArtifacts;
      return Number(result.path.split("/").at(-1));
    });
    deepEqual(written.sort((a, b) => a - b), upTo(count));
    deepEqual(versionsOnDisk(repository, id), upTo(count));
    const outputs = upTo(count).map((version) => {
      const raw = repository.path(".swamp/data/command/shell", id, "result", `${version}`, "raw");
      return Number(JSON.parse(Deno.readTextFileSync(raw)).stdout);
    });
    deepEqual(outputs.sort((a, b) => a - b), upTo(count), "no run's output is lost or doubled");
    equal((await succeeds(repository, ["data", "get", "sh", "result"])).version, count);
    deepEqual(new Set(records(repository).map(({ status }) => status)), new Set(["succeeded"]));
    equal(records(repository).length, count);
  });
}

Deno.test("runs of different models do not wait for each other", async () => {
  const { repository } = await shellRepository();
  using _ = repository;
  await createModel(repository, "command/shell", "other");
  const { run } = await longRun(repository);
  await runMethod(repository, "other", "execute", { run: "true" }, ["--wait", "0"]);
  run.signal("SIGINT");
  await run.end;
});

Deno.test("a run that has to wait says for whom, once, and --wait 0 gives up at once", async () => {
  const { repository } = await shellRepository();
  using _ = repository;
  const { run } = await longRun(repository);
  const impatient = await repository.run([
    ...runArgs("sh", "execute", { run: "true" }),
    ...["--wait", "0", "--json"],
  ]);
  equal(impatient.code, 75);
  match(impatient.json.error, /pid \d+/);
  ok(!("stack" in impatient.json));
  const patient = start(repository, runArgs("sh", "execute", { run: "echo mine" }));
  await until("it says that it waits", () => patient.errorsSoFar() !== "");
  run.signal("SIGINT");
  await run.end;
  const { code, stderr } = await patient.end;
  equal(code, 0);
  equal(stderr.match(/waiting/gi)?.length, 1, stderr);
  match(stderr, /pid \d+/);
});

Deno.test("of ten creates of one name exactly one wins", async () => {
  using repository = await Repository.create();
  const runs = await Promise.all(
    upTo(10).map(() => repository.run(["model", "create", "command/shell", "dup", "--json"])),
  );
  deepEqual(runs.map(({ code }) => code).sort(), [0, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  for (const { code, json } of runs) {
    if (code === 1) equal(json.error, "Model already exists: dup");
  }
  equal([...Deno.readDirSync(repository.path("models/command/shell"))].length, 1);
});

Deno.test("five runs of an extension type at once in a cold repository all succeed", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
  const id = crypto.randomUUID();
  repository.write(
    "models/t.yaml",
    `type: '@acme/thing'\nid: ${id}\nname: t\nversion: 1\nglobalArguments: { region: eu }\n`,
  );
  const runs = await Promise.all(
    upTo(5).map((n) => repository.run([...runArgs("t", "sync", { n }), "--json"])),
  );
  for (const { code, stderr } of runs) equal(code, 0, stderr);
  equal((await succeeds(repository, ["data", "get", "t", "main"])).version, 5);
});

Deno.test("a run that is killed leaves nothing half visible, and the next run works", async () => {
  const { repository, id } = await shellRepository();
  using _ = repository;
  await runMethod(repository, "sh", "execute", { run: "echo before" });
  const { run } = await longRun(repository);
  run.signal("SIGKILL");
  await run.end;
  equal((await dataContent(repository, "sh", "result")).stdout, "before");
  deepEqual(versionsOnDisk(repository, id), [1]);
  await runMethod(repository, "sh", "execute", { run: "echo after" });
  equal((await dataContent(repository, "sh", "result")).stdout, "after");
  deepEqual(versionsOnDisk(repository, id), [1, 2]);
  await succeeds(repository, ["data", "list", "sh"]);
});

Deno.test("a run that is killed while it writes leaves whole versions only", async () => {
  using repository = await Repository.create();
  repository.write(
    "extensions/models/writes.ts",
    sourceOf("@acme/writes", {
      methods: `{ ${
        method(
          "forever",
          'for (let n = 1;; n++) await context.writeResource("state", "main", { n, fill: "x".repeat(100_000) });',
        )
      } ${method("once", 'await context.writeResource("state", "main", { n: 0 });')} }`,
    }),
  );
  const { id } = await createModel(repository, "@acme/writes", "w");
  const folder = repository.path(".swamp/data/@acme/writes", id, "main");
  const run = start(repository, runArgs("w", "forever"));
  await until("it has written some versions", () => isThere(`${folder}/6`));
  run.signal("SIGKILL");
  await run.end;
  const { version, content } = await succeeds(repository, ["data", "get", "w", "main"]);
  deepEqual(content, { n: version, fill: "x".repeat(100_000) });
  for (let earlier = version - 1; earlier > version - 4; earlier--) {
    equal((await dataContent(repository, "w", "main", earlier)).n, earlier);
  }
  await runMethod(repository, "w", "once");
  const after = await succeeds(repository, ["data", "get", "w", "main"]);
  ok(after.version > version);
  deepEqual(after.content, { n: 0 });
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`${signal} ends a run, its children too, and its record is marked failed`, async () => {
    const { repository } = await shellRepository();
    using _ = repository;
    const { run, child } = await longRun(repository);
    run.signal(signal);
    const { code } = await run.end;
    if (signal === "SIGINT") equal(code, 130);
    else ok(code !== 0);
    await until("the child is gone", async () => !await isRunning(child));
    const [record] = records(repository);
    equal(record.status, "failed");
    match(record.error.message, /interrupted|cancel/i);
    ok(record.completedAt);
    await runMethod(repository, "sh", "execute", { run: "true" }, ["--wait", "0"]);
  });
}

Deno.test("SIGINT aborts the signal that a method was given", async () => {
  using repository = await Repository.create();
  repository.write(
    "extensions/models/waits.ts",
    sourceOf("@acme/waits", {
      methods: `{ ${
        method(
          "wait",
          `Deno.writeTextFileSync(context.repoDir + "/waiting", "");
          await new Promise((resolve) => {
            const keepAlive = setInterval(() => {}, 1000);
            context.signal.addEventListener("abort", () => { clearInterval(keepAlive); resolve(); });
          });
          Deno.writeTextFileSync(context.repoDir + "/aborted", "");`,
        )
      } }`,
    }),
  );
  await createModel(repository, "@acme/waits", "w");
  const run = start(repository, runArgs("w", "wait"));
  await until("the method waits", () => isThere(repository.path("waiting")));
  run.signal("SIGINT");
  equal((await run.end).code, 130);
  ok(isThere(repository.path("aborted")));
});

Deno.test("delete waits for a run of the model, and leaves nothing behind", async () => {
  const { repository, id } = await shellRepository();
  using _ = repository;
  const { run } = await longRun(repository);
  const impatient = await repository.run([
    ...["model", "delete", "sh", "--force", "--wait", "0", "--json"],
  ]);
  equal(impatient.code, 75, impatient.stdout);
  equal((await succeeds(repository, ["model", "get", "sh"])).id, id);
  const deletion = start(repository, ["model", "delete", "sh", "--force"]);
  await until("it says that it waits", () => deletion.errorsSoFar() !== "");
  equal((await succeeds(repository, ["model", "get", "sh"])).id, id);
  run.signal("SIGINT");
  await run.end;
  equal((await deletion.end).code, 0);
  await fails(repository, ["model", "get", "sh"]);
  ok(!isThere(repository.path(".swamp/data/command/shell", id)));
});

Deno.test("reading commands do not wait for a run", async () => {
  const { repository, id } = await shellRepository();
  using _ = repository;
  const { run } = await longRun(repository);
  for (
    const command of [
      "model get sh",
      "model search",
      "model validate sh",
      "data list sh",
      `model get ${id}`,
    ]
  ) {
    await succeeds(repository, [...command.split(" "), "--wait", "0"]);
  }
  run.signal("SIGINT");
  await run.end;
});

Deno.test("create does not wait for a run", async () => {
  const { repository } = await shellRepository();
  using _ = repository;
  const { run } = await longRun(repository);
  await succeeds(repository, ["model", "create", "command/shell", "new", "--wait", "0"]);
  run.signal("SIGINT");
  await run.end;
});
