import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "@std/path";
import { runSwamp, swampArguments, type SwampResult, withNewRepository } from "./swamp_process.ts";

/** Runs swamp with a text on stdin. */
async function runWithInput(
  root: string,
  input: string,
  ...args: string[]
): Promise<SwampResult> {
  const child = new Deno.Command(Deno.execPath(), {
    args: swampArguments(args),
    cwd: root,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

async function json(root: string, ...args: string[]) {
  const { code, stdout, stderr } = await runSwamp([...args, "--json"], { cwd: root });
  return { code, stderr, document: JSON.parse(stdout) };
}

Deno.test("of ten processes that create one name at once, exactly one succeeds", () =>
  withNewRepository(async (root) => {
    const results = await Promise.all(
      Array.from({ length: 10 }, () => json(root, "model", "create", "command/shell", "dup")),
    );
    equal(results.filter(({ code }) => code === 0).length, 1);
    for (const { document } of results.filter(({ code }) => code !== 0)) {
      equal(document.error, "Model already exists: dup");
    }
    const { document } = await json(root, "model", "search");
    deepEqual(document.results.map(({ name }: { name: string }) => name), ["dup"]);
  }));

Deno.test("processes that create different names at once all succeed", () =>
  withNewRepository(async (root) => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const results = await Promise.all(
      names.map((name) => json(root, "model", "create", "command/shell", name)),
    );
    deepEqual(results.map(({ code }) => code), names.map(() => 0));
    const { document } = await json(root, "model", "search");
    deepEqual(document.results.map(({ name }: { name: string }) => name), names);
  }));

Deno.test("a definition on stdin replaces the old one", () =>
  withNewRepository(async (root) => {
    const { document: created } = await json(root, "model", "create", "command/shell", "web");
    const text =
      "name: api\nversion: 1\nmethods:\n  execute:\n    arguments:\n      run: echo hi\n";
    const { code, stdout, stderr } = await runWithInput(
      root,
      text,
      "model",
      "edit",
      "web",
      "--json",
    );
    deepEqual([code, stderr], [0, ""]);
    deepEqual(JSON.parse(stdout), {
      path: created.path,
      status: "updated",
      name: "api",
      type: "command/shell",
      editType: "definition",
    });
    const { document } = await json(root, "model", "get", "api");
    deepEqual(document.storedMethods, { execute: { arguments: { run: "echo hi" } } });
  }));

Deno.test("editing without a terminal and without a definition fails instead of hanging", () =>
  withNewRepository(async (root) => {
    await json(root, "model", "create", "command/shell", "web");
    const unnamed = await json(root, "model", "edit");
    deepEqual([unnamed.code, unnamed.document.error], [
      1,
      "Model ID or name is required in non-interactive mode",
    ]);
    const empty = await json(root, "model", "edit", "web");
    equal(empty.code, 1);
    match(empty.document.error, /^There is no definition on stdin and no terminal for an editor/);
  }));

Deno.test("deleting asks first, and only y and yes mean yes", () =>
  withNewRepository(async (root) => {
    const { document: { id } } = await json(root, "model", "create", "command/shell", "web");
    for (const answer of ["n\n", "", "yesterday\n"]) {
      const { code, stdout, stderr } = await runWithInput(root, answer, "model", "delete", "web");
      equal(code, 0);
      equal(stdout, `Delete model 'web' (${id})? [y/N] \n`);
      match(stderr, /model·delete.* Deletion cancelled\./);
    }
    const { stdout } = await runWithInput(root, "YES\n", "model", "delete", "web");
    match(stdout, /Deleted model: "web" \("command\/shell"\)/);
    equal((await json(root, "model", "get", "web")).code, 1);
  }));

Deno.test("a failed validation prints its document and exits with 1", () =>
  withNewRepository(async (root) => {
    await json(root, "model", "create", "command/shell", "web");
    const good = await json(root, "model", "validate");
    deepEqual([good.code, good.stderr, good.document.passed], [0, "", true]);
    await runWithInput(
      root,
      "name: web\nversion: 1\nmethods: { execute: { arguments: { timeout: soon } } }\n",
      "model",
      "edit",
      "web",
    );
    const bad = await json(root, "model", "validate", "web");
    deepEqual([bad.code, bad.stderr, bad.document.passed], [1, "", false]);
  }));

Deno.test("a broken definition is told of once on stderr and does not disturb the document", () =>
  withNewRepository(async (root) => {
    await json(root, "model", "create", "command/shell", "web");
    await Deno.writeTextFile(
      join(root, "models", "command", "shell", "bad.yaml"),
      "name: bad\nid: [",
    );
    const { code, stderr, document } = await json(root, "model", "get", "web");
    deepEqual([code, document.name], [0, "web"]);
    equal(stderr.match(/models\/command\/shell\/bad\.yaml/g)?.length, 1);
  }));
