import { deepEqual, equal, rejects } from "node:assert/strict";
import { fromFileUrl } from "@std/path";
import { takeBuildLock } from "../../../src/infrastructure/extensions/build_lock.ts";
import { LOCK, PackagesFixture, WIDGET, widget } from "./packages_fixture.ts";

const PROCESS = fromFileUrl(new URL("./package_process.ts", import.meta.url));
const CONFIG = fromFileUrl(new URL("../../../deno.json", import.meta.url));

function start(root: string, ...steps: readonly string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", CONFIG, PROCESS, root, ...steps],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

Deno.test("nothing is written before the lock is there [B106]", async () => {
  using fixture = new PackagesFixture();
  const source = await fixture.archive(widget());
  const held = await takeBuildLock(fixture.path(".swamp", "_extension_build.lock"), () => {});
  const installing = fixture.installFrom(source);
  await new Promise((resolve) => setTimeout(resolve, 100));
  deepEqual(fixture.tree(), {});
  held[Symbol.dispose]();
  equal((await installing).status, "installed");
});

Deno.test("the lock of a process that was killed blocks nobody [B106]", async () => {
  using fixture = new PackagesFixture();
  const { path } = await fixture.archive(widget());
  const child = start(fixture.root, path, "--hang");
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  for (let seen = ""; !seen.includes("refreshing");) seen += (await reader.read()).value ?? "";
  child.kill("SIGKILL");
  await child.status;
  await reader.cancel();
  equal((await fixture.install(widget({ version: "2026.04.02.1" }))).status, "installed");
});

Deno.test("a file of the reference's lock stands in nobody's way [B106]", async () => {
  using fixture = new PackagesFixture();
  fixture.write(`${LOCK}.lock`, "");
  equal((await fixture.install(widget())).status, "installed");
});

Deno.test("processes that install different packages at once lose none of them", async () => {
  using fixture = new PackagesFixture();
  const names = Array.from({ length: 6 }, (_, index) => `@acme/p${index}`);
  const children: Deno.ChildProcess[] = [];
  for (const name of names) {
    children.push(start(fixture.root, (await fixture.archive(widget({ name }))).path));
  }
  const outputs = await Promise.all(children.map((child) => child.output()));
  deepEqual(outputs.map(({ success }) => success), names.map(() => true));
  deepEqual(Object.keys(fixture.lock()), names);
  const { packages, problems } = await fixture.installed();
  deepEqual([packages.map(({ name }) => name), problems], [names, []]);
});

Deno.test("processes that install one package at once leave one of its versions whole", async () => {
  using fixture = new PackagesFixture();
  const children: Deno.ChildProcess[] = [];
  for (let day = 1; day <= 5; day++) {
    const models = { [`widget/day${day}.ts`]: String(day) };
    const source = await fixture.archive(widget({ version: `2026.04.0${day}.1`, models }));
    children.push(start(fixture.root, source.path));
  }
  for (const child of children) equal((await child.output()).success, true);
  const { packages: [found], problems } = await fixture.installed();
  deepEqual(problems, []);
  deepEqual(fixture.sourcePaths(), [`${WIDGET}/models/widget/day${found!.version.at(-3)}.ts`]);
});

Deno.test({
  name: "a repository that cannot be written to is a clear error",
  ignore: Deno.build.os === "windows" || Deno.uid() === 0,
  fn: async () => {
    using fixture = new PackagesFixture();
    const source = await fixture.archive(widget());
    Deno.chmodSync(fixture.root, 0o500);
    try {
      await rejects(fixture.installFrom(source), { code: "not_writable" });
    } finally {
      Deno.chmodSync(fixture.root, 0o700);
    }
  },
});
