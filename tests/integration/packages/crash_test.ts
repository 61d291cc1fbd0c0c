import { deepEqual, equal, ok } from "node:assert/strict";
import { fromFileUrl } from "@std/path";
import { recoverPackages } from "../../../src/infrastructure/extensions/packages/package_change.ts";
import { hasUnfinishedChange } from "../../../src/infrastructure/extensions/packages/package_stats.ts";
import { type Files, LOCK, PackagesFixture, widget } from "./packages_fixture.ts";

const PROCESS = fromFileUrl(new URL("./package_process.ts", import.meta.url));
const CONFIG = fromFileUrl(new URL("../../../deno.json", import.meta.url));

const OLD = widget({
  models: { "widget/one.ts": "1", "widget/two.ts": "2", "widget/gone/three.ts": "3" },
  more: { "bundles/widget/one.js": "1" },
});
const NEW = widget({
  version: "2026.04.02.1",
  models: { "widget/one.ts": "1", "widget/two.ts": "22", "widget/new/four.ts": "4" },
  more: { "bundles/widget/one.js": "11" },
});

function start(root: string, ...more: readonly string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", CONFIG, PROCESS, root, ...more],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

/** Runs a process that kills itself before its n-th change of the disk. */
async function dieAt(root: string, change: number, ...steps: readonly string[]): Promise<boolean> {
  const { signal, success } = await start(root, ...steps, "--die-at", String(change)).output();
  ok(signal === "SIGKILL" || success);
  return signal === "SIGKILL";
}

/** Waits for a line of a process, and kills it some time after. */
async function killAfter(child: Deno.ChildProcess, line: string, delay: number): Promise<void> {
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  for (let seen = ""; !seen.includes(line);) {
    const { value, done } = await reader.read();
    if (done) break;
    seen += value;
  }
  await new Promise((resolve) => setTimeout(resolve, delay));
  child.kill("SIGKILL");
  await child.status;
  await reader.cancel();
}

/** Files of the repository, without the time of installing. */
function stateOf(fixture: PackagesFixture): Files {
  const { [LOCK]: lock = "{}\n", "extensions/models/": _empty, ...files } = fixture.tree();
  return { ...files, [LOCK]: lock.replaceAll(/"pulledAt": ".*?"/g, "") };
}

async function stateAfter(...packages: readonly Files[]): Promise<Files> {
  using fixture = new PackagesFixture();
  for (const files of packages) await fixture.install(files);
  return stateOf(fixture);
}

/** Which of several states the repository is in; fails if it is none of them. */
function which(fixture: PackagesFixture, states: Readonly<Record<string, Files>>): string {
  const present = stateOf(fixture);
  const found = Object.entries(states).find(([, state]) =>
    JSON.stringify(Object.entries(state).sort()) === JSON.stringify(Object.entries(present).sort())
  );
  if (found === undefined) deepEqual(present, Object.values(states)[0]);
  return found![0];
}

Deno.test("an update that is killed before any of its changes leaves the old package or the new one", async () => {
  const states = { old: await stateAfter(OLD), new: await stateAfter(NEW) };
  const seen: string[] = [];
  for (let change = 1, killed = true; killed; change++) {
    using fixture = new PackagesFixture();
    await fixture.install(OLD);
    const { path } = await fixture.archive(NEW);
    killed = await dieAt(fixture.root, change, path);
    await recoverPackages(fixture.places);
    equal(hasUnfinishedChange(fixture.places), false);
    seen.push(which(fixture, states));
    deepEqual((await fixture.installed()).problems, []);
  }
  const firstNew = seen.indexOf("new");
  ok(firstNew > 20, `the process was killed ${seen.length} times, ${firstNew} of them in time`);
  deepEqual(new Set(seen.slice(firstNew)), new Set(["new"]));
});

Deno.test("a removal that is killed before any of its changes leaves the package or nothing", async () => {
  const states = { there: await stateAfter(OLD), gone: await stateAfter() };
  const seen: string[] = [];
  for (let change = 1, killed = true; killed; change++) {
    using fixture = new PackagesFixture();
    await fixture.install(OLD);
    killed = await dieAt(fixture.root, change, "rm:@acme/widget");
    await recoverPackages(fixture.places);
    seen.push(which(fixture, states));
  }
  ok(seen.indexOf("gone") > 5);
  equal(seen.at(-1), "gone");
});

Deno.test("undoing a killed update can itself be killed before any of its changes", async () => {
  const states = { old: await stateAfter(OLD) };
  let lastChange = 0;
  for (let change = 1, killed = true; killed; change++) {
    using fixture = new PackagesFixture();
    await fixture.install(OLD);
    const { path } = await fixture.archive(NEW);
    await killAfter(start(fixture.root, path, "--hang"), "refreshing", 0);
    killed = await dieAt(fixture.root, change, "recover");
    await recoverPackages(fixture.places);
    which(fixture, states);
    lastChange = change;
  }
  ok(lastChange > 10, `${lastChange} changes`);
});

Deno.test("thirty processes killed at random while they install and remove leave nothing half done", async () => {
  using fixture = new PackagesFixture();
  const states = {
    none: await stateAfter(),
    old: await stateAfter(OLD),
    new: await stateAfter(NEW),
  };
  const steps = [
    (await fixture.archive(OLD)).path,
    (await fixture.archive(NEW)).path,
    "rm:@acme/widget",
    "--forever",
  ];
  for (let round = 0; round < 30; round++) {
    await killAfter(start(fixture.root, ...steps), "ready", Math.random() * 120);
    await recoverPackages(fixture.places);
    which(fixture, states);
    deepEqual((await fixture.installed()).problems, []);
  }
});

Deno.test("the next installation undoes what a killed one has begun, without being asked", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(OLD);
  const { path } = await fixture.archive(NEW);
  await killAfter(start(fixture.root, path, "--hang"), "refreshing", 0);
  equal(hasUnfinishedChange(fixture.places), true);
  await fixture.install(widget({ name: "@acme/other" }));
  equal(which(fixture, { both: await stateAfter(OLD, widget({ name: "@acme/other" })) }), "both");
});

Deno.test("a lock file that was changed after a crash is left as it was changed", async () => {
  using fixture = new PackagesFixture();
  await fixture.install(OLD);
  const { path } = await fixture.archive(NEW);
  await killAfter(start(fixture.root, path, "--hang"), "refreshing", 0);
  fixture.write(LOCK, "{ in the middle of a merge");
  await recoverPackages(fixture.places);
  equal(fixture.read(LOCK), "{ in the middle of a merge");
});

Deno.test("a journal that is garbage stands in nobody's way", async () => {
  for (
    const text of ["", "{}", '{"layout":1,"staging":"../..","put":[],"take":[],"removing":[]}']
  ) {
    using fixture = new PackagesFixture();
    await fixture.install(OLD);
    fixture.write(".swamp/pulled-extensions/.change.json", text);
    equal((await fixture.install(NEW)).status, "updated");
    equal(which(fixture, { new: await stateAfter(NEW) }), "new");
  }
});

Deno.test("a journal that names files outside the repository's own folder moves nothing", async () => {
  using fixture = new PackagesFixture();
  fixture.write("precious.txt", "precious");
  const journal = {
    layout: 1,
    staging: ".staging-1",
    put: [{ from: "0/x", to: "precious.txt" }],
    take: ["../precious.txt"],
    removing: [],
    lock: { before: null, after: "" },
  };
  fixture.write(".swamp/pulled-extensions/.change.json", JSON.stringify(journal));
  await recoverPackages(fixture.places);
  equal(fixture.read("precious.txt"), "precious");
  equal(hasUnfinishedChange(fixture.places), false);
});
