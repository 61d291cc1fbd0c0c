import { deepEqual, equal, match, ok } from "node:assert/strict";
import { parse } from "yaml";
import { createModel, dataContent, runMethod } from "../models.ts";
import { fails, NOWHERE, succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";

Deno.test("upgrade says from which version to which, and keeps every setting", async () => {
  using repository = await Repository.create();
  const text = Deno.readTextFileSync(repository.path(".swamp.yaml"))
    .replace(/^swampVersion: .*$/m, "swampVersion: 20250101.120000.0");
  repository.write(".swamp.yaml", `${text}modelsDir: lib\nmine: { a: 1 }\n`);
  const { upgradedAt, newVersion, ...document } = await succeeds(repository, ["repo", "upgrade"]);
  match(upgradedAt, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  match(newVersion, /^\d{8}\.\d{6}\.\d+$/);
  deepEqual(document, {
    path: repository.root,
    previousVersion: "20250101.120000.0",
    skillsUpdated: [],
    instructionsUpdated: false,
    settingsUpdated: false,
    gitignoreAction: "unchanged",
    tool: "none",
  });
  const before = parse(text);
  const after = parse(Deno.readTextFileSync(repository.path(".swamp.yaml")));
  deepEqual(after, {
    ...before,
    swampVersion: newVersion,
    upgradedAt,
    modelsDir: "lib",
    mine: { a: 1 },
  });
});

Deno.test("people read both versions", async () => {
  using repository = await Repository.create();
  const { code, stdout } = await repository.run(["repo", "upgrade"]);
  equal(code, 0);
  match(stdout, /Upgraded swamp repository: "[\d.]+" → "[\d.]+" \(tool: "none"\)/);
  match(stdout, /Skills updated: none/);
  match(stdout, /\.gitignore:/);
});

Deno.test("outside a repository upgrade says what to do first", async () => {
  equal(
    (await fails(NOWHERE, ["repo", "upgrade"])).error,
    "Not a swamp repository: /. Run 'swamp repo init' first.",
  );
});

Deno.test("data of an old repository goes on after its links have become text files", async () => {
  using repository = await Repository.create();
  const { id } = await createModel(repository, "command/shell", "sh");
  await runMethod(repository, "sh", "execute", { run: "echo old" });
  const latest = repository.path(".swamp/data/command/shell", id, "result/latest");
  Deno.removeSync(latest);
  Deno.symlinkSync("1", latest);
  await succeeds(repository, ["repo", "upgrade"]);
  ok(Deno.lstatSync(latest).isFile);
  equal(Deno.readTextFileSync(latest), "1");
  equal((await dataContent(repository, "sh", "result")).stdout, "old");
  await runMethod(repository, "sh", "execute", { run: "echo new" });
  equal((await dataContent(repository, "sh", "result", 2)).stdout, "new");
});

Deno.test("definitions of an old repository move to models/, where existing ones win", async () => {
  using repository = await Repository.create();
  const id = crypto.randomUUID();
  const text = (name: string) => `type: command/shell\nid: ${id}\nname: ${name}\nversion: 1\n`;
  repository.write(`.swamp/definitions/command/shell/${id}.yaml`, text("old"));
  await succeeds(repository, ["repo", "upgrade"]);
  equal(
    (await succeeds(repository, ["model", "get", "old"])).path,
    repository.path(
      `models/command/shell/${id}.yaml`,
    ),
  );
  repository.write(`.swamp/definitions/command/shell/${id}.yaml`, text("older"));
  await repository.run(["repo", "upgrade"]);
  equal((await succeeds(repository, ["model", "get", id])).name, "old");
});

Deno.test("upgrade is repeatable", async () => {
  using repository = await Repository.create();
  await succeeds(repository, ["repo", "upgrade"]);
  const { previousVersion, newVersion } = await succeeds(repository, ["repo", "upgrade"]);
  equal(previousVersion, newVersion);
});

Deno.test("-t changes the tool, and what is ignored for it", async () => {
  using repository = await Repository.create();
  equal((await succeeds(repository, ["repo", "upgrade", "-t", "kiro"])).tool, "kiro");
  match(Deno.readTextFileSync(repository.path(".swamp.yaml")), /^tool: kiro$/m);
  match(Deno.readTextFileSync(repository.path(".gitignore")), /^\.kiro\/skills\/$/m);
});

Deno.test("a .gitignore that is not managed is left alone until --include-gitignore", async () => {
  using repository = await Repository.create();
  const settings = Deno.readTextFileSync(repository.path(".swamp.yaml"));
  repository.write(".swamp.yaml", settings.replace("gitignoreManaged: true", ""));
  repository.write(".gitignore", "mine/\n");
  const action = async (...flags: string[]) =>
    (await succeeds(repository, ["repo", "upgrade", ...flags])).gitignoreAction;
  equal(await action(), "skipped");
  equal(Deno.readTextFileSync(repository.path(".gitignore")), "mine/\n");
  equal(await action("--include-gitignore"), "updated");
  match(Deno.readTextFileSync(repository.path(".gitignore")), /^mine\/\n\n# BEGIN swamp /);
  equal(await action(), "unchanged", "from now on it is managed");
});

Deno.test("workflows and vaults of an old repository move to folders of their own", async () => {
  using repository = await Repository.create();
  repository.write(".swamp/workflows/workflow-1.yaml", "name: wf\n");
  repository.write(".swamp/vault/local_encryption/v.yaml", "name: v\n");
  await succeeds(repository, ["repo", "upgrade"]);
  equal(Deno.readTextFileSync(repository.path("workflows/workflow-1.yaml")), "name: wf\n");
  equal(Deno.readTextFileSync(repository.path("vaults/local_encryption/v.yaml")), "name: v\n");
});
