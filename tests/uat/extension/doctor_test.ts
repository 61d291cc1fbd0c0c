import { deepEqual, equal, match, ok } from "node:assert/strict";
import { unprivileged } from "../../integration/extensions/faults/privileges.ts";
import { modelSource } from "../extension_sources.ts";
import { Repository, SWAMP_BIN } from "../swamp.ts";
import { inTerminal } from "../terminal.ts";

const DOCTOR = ["doctor", "extensions"];

/** A repository whose catalog knows a healthy model and whatever is given besides. */
async function indexed(sources: Readonly<Record<string, string>> = {}): Promise<Repository> {
  const repository = await Repository.create();
  repository.write("extensions/models/a.ts", modelSource("@acme/a"));
  for (const [path, text] of Object.entries(sources)) repository.write(path, text);
  equal((await repository.run(["model", "type", "search"])).code, 0);
  return repository;
}

const BROKEN = { "extensions/models/bad.ts": "export const model = {" };

Deno.test("one line says that all is well", async () => {
  using repository = await indexed();
  const { code, stdout, stderr } = await repository.run(DOCTOR);
  equal(code, 0);
  equal(stdout, "✓ 1 source, 1 type; the catalog is up to date.\n");
  equal(stderr, "");
});

Deno.test("before the first index it says so, and does not index", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/a.ts", modelSource("@acme/a"));
  for (const _ of ["first", "second"]) {
    const { code, stdout } = await repository.run(DOCTOR);
    equal(code, 0);
    match(stdout, /^✓ Not indexed yet: 1 file in extension folders\./);
  }
});

Deno.test("a broken source is shown with file, error and what to do, and the exit code is 1", async () => {
  using repository = await indexed(BROKEN);
  const { code, stdout } = await repository.run(DOCTOR);
  equal(code, 1);
  match(stdout, /^Broken sources\n {2}✗ extensions\/models\/bad\.ts \(model\)\n {6}\S/);
  match(stdout, /→ Correct it: the next command that needs types builds it again\./);
  match(stdout, /✗ 1 of 2 sources cannot be used; the catalog is up to date\.\n$/);
});

Deno.test("the JSON document has every field of the contract", async () => {
  using repository = await indexed(BROKEN);
  const { code, json } = await repository.run([...DOCTOR, "--json"]);
  equal(code, 1);
  equal(json.overallStatus, "fail");
  deepEqual(json.registries.model, { registry: "model", status: "fail" });
  deepEqual(json.orphanFiles, []);
  deepEqual(json.loaderErrors, {});
  deepEqual(json.recentTransitions, []);
  ok(Array.isArray(json.warnings));
  const { aggregates, sourceDetails, ...counts } = json.aggregateState;
  deepEqual(aggregates[0].stateDistribution, { Indexed: 1, BundleBuildFailed: 1 });
  deepEqual(counts, {
    catalogOrphans: [],
    bundleOrphans: [],
    totalSources: 2,
    healthySources: 1,
    orphanRowCount: 0,
    orphanBundleFileCount: 0,
    helpers: [],
  });
  const [, bad] = sourceDetails;
  equal(bad.sourcePath, "extensions/models/bad.ts");
  equal(bad.stateTag, "BundleBuildFailed");
  equal(bad.kind, "model");
  equal(bad.bundlePath, "");
  match(bad.fingerprint, /^[0-9a-f]{64}$/);
  ok(bad.lastError.length > 0);
});

Deno.test("a repair tells what it did and answers for what is left", async () => {
  using repository = await indexed(BROKEN);
  repository.write(".swamp/bundles/.new-dead/x.js", "half a build");
  const planned = await repository.run([...DOCTOR, "--repair", "--dry-run"]);
  equal(planned.code, 1);
  match(planned.stdout, /^A repair would\n {2}· {2}retry {3}extensions\/models\/bad\.ts/);
  ok(Deno.statSync(repository.path(".swamp/bundles/.new-dead")).isDirectory);

  const repaired = await repository.run([...DOCTOR, "--repair"]);
  equal(repaired.code, 1);
  match(repaired.stdout, /^Repair\n {2}✗ {2}retry {3}extensions\/models\/bad\.ts +still broken\n/);
  match(repaired.stdout, /✓ {2}remove {2}\.swamp\/bundles\/\.new-dead +unfinished build, 12B\n/);

  Deno.removeSync(repository.path("extensions/models/bad.ts"));
  const healed = await repository.run([...DOCTOR, "--repair", "--json"]);
  equal(healed.code, 0);
  deepEqual(healed.json.repair.steps, [{
    action: "index",
    path: "extensions/models/bad.ts",
    reason: "source is gone",
    bytes: 0,
    outcome: "done",
  }, {
    action: "retry",
    path: "extensions/models/bad.ts",
    reason: "broken source",
    bytes: 0,
    outcome: "done",
  }]);
});

Deno.test("with --verbose every source and the catalog are listed", async () => {
  using repository = await indexed();
  const { stdout } = await repository.run([...DOCTOR, "--verbose", "--verify"]);
  match(stdout, /^Extensions\n {2}@local\/\S+ +0\.0\.0 +local +1 source +Indexed 1\n/);
  match(stdout, /\nSources\n {2}extensions\/models\/a\.ts {2}Indexed {2}@acme\/a\n/);
  match(stdout, /\n {2}file {4}\.swamp\/_extension_catalog\.db\n/);
  match(stdout, /✓ 1 source, 1 type, 1 file verified; the catalog is up to date\.\n$/);
});

Deno.test("--dry-run without --repair is refused", async () => {
  using repository = await Repository.create();
  const { code, json } = await repository.run([...DOCTOR, "--dry-run", "--json"]);
  equal(code, 1);
  equal(json.code, "invalid_argument");
});

Deno.test("at debug level one line tells what a refresh did, and below that nothing", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/a.ts", modelSource("@acme/a"));
  const search = ["model", "type", "search"];
  const debug = await repository.run([...search, "--log-level", "debug"]);
  const lines = debug.stdout.split("\n").filter((line) => line.includes("Indexed extensions in"));
  equal(lines.length, 1);
  match(lines[0]!, /: 1 built, 0 adopted, 0 removed$/);

  const idle = await repository.run([...search, "--log-level", "debug"]);
  ok(!idle.stdout.includes("Indexed extensions"));

  repository.write("extensions/models/a.ts", modelSource("@acme/b"));
  equal((await repository.run(search)).stderr, "");
});

Deno.test("at trace level every phase of a refresh has its time, and so has a bundle that is loaded", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/a.ts", modelSource("@acme/a"));
  const { stderr } = await repository.run(["model", "create", "@acme/a", "x"], {
    env: { SWAMP_LOG_LEVEL: "trace" },
  });
  const phases = ["scan 1 files", "module graph", "bundle 1 modules", "index 1 bundles", "commit"];
  for (const phase of phases) match(stderr, new RegExp(`^trace +[\\d.]+ ms  ${phase}$`, "m"));
  const run = await repository.run(["model", "method", "run", "x", "sync"], {
    env: { SWAMP_LOG_LEVEL: "trace" },
  });
  match(run.stderr, /^trace +[\d.]+ ms {2}load bundle \.swamp\/bundles\/\S+\/a\.js$/m);
});

Deno.test("a long refresh draws a bar on a terminal, erases it, and says nothing in a pipe", async () => {
  const slow = `${modelSource("@acme/slow")}
await new Promise((resolve) => setTimeout(resolve, 1200));`;
  using repository = await Repository.create();
  repository.write("extensions/models/slow.ts", slow);
  const { text } = await inTerminal("model type search slow", { cwd: repository.root });
  match(text, /indexing extensions: index \[░+\] 0\/1/);
  const [, afterBar] = text.slice(text.lastIndexOf("indexing extensions")).split("\r");
  ok(afterBar!.startsWith("\x1b[K"), JSON.stringify(afterBar));

  Deno.removeSync(repository.path(".swamp/bundles"), { recursive: true });
  const piped = await repository.run(["model", "type", "search", "slow"]);
  equal(piped.stderr, "");
  Deno.removeSync(repository.path(".swamp/bundles"), { recursive: true });
  const json = await inTerminal("model type search slow --json", { cwd: repository.root });
  ok(!json.text.includes("indexing"));
});

const UNPRIVILEGED = unprivileged();

Deno.test({
  name: "where the repository cannot be written to, the catalog elsewhere is looked at",
  ignore: UNPRIVILEGED === undefined,
  fn: async () => {
    using repository = await Repository.create();
    using temporary = await Repository.create();
    repository.write("extensions/models/a.ts", modelSource("@acme/a"));
    Deno.chmodSync(repository.path(".swamp"), 0o555);
    const run = async (...args: string[]) => {
      const [command, ...words] = [...UNPRIVILEGED!, SWAMP_BIN, ...args];
      const { stdout } = await new Deno.Command(command!, {
        args: words,
        cwd: repository.root,
        env: { TMPDIR: temporary.root },
      }).output();
      return new TextDecoder().decode(stdout);
    };
    match(await run(...DOCTOR), /Not indexed yet/);
    await run("model", "type", "search");
    const { catalog, aggregateState } = JSON.parse(await run(...DOCTOR, "--json"));
    ok(catalog.path.startsWith(temporary.root), catalog.path);
    equal(aggregateState.healthySources, 1);
    Deno.chmodSync(repository.path(".swamp"), 0o755);
  },
});

Deno.test("an extension that is listed and not there is an error that says how to get it", async () => {
  using repository = await indexed();
  repository.write(
    "extensions/models/upstream_extensions.json",
    JSON.stringify({ "@acme/pack": { version: "2026.04.01.1", pulledAt: "", files: [] } }),
  );
  const { code, stdout } = await repository.run(DOCTOR);
  equal(code, 1);
  match(
    stdout,
    /^Packages\n {2}✗ @acme\/pack 2026\.04\.01\.1\n {6}Files of the installed extension/,
  );
  match(stdout, /Run 'swamp extension install' to restore them\./);
  match(stdout, /✗ 1 source, 1 type, 1 of 1 package not as the lock file asks\. /);
  const repaired = await repository.run([...DOCTOR, "--repair"]);
  equal(repaired.code, 1);
  match(repaired.stdout, /Packages: left to you, because a repair fetches nothing/);
  const { json } = await repository.run([...DOCTOR, "--json"]);
  deepEqual(json.aggregateState.aggregates.at(-1), {
    origin: "pulled",
    name: "@acme/pack",
    version: "2026.04.01.1",
    sourceCount: 0,
    stateDistribution: {},
    extends: [],
  });
  equal(json.packages[0].condition, "missing");
});
