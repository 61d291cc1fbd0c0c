import assert from "node:assert/strict";
import { fromFileUrl } from "@std/path";
import { denoExecutable } from "../../../../src/infrastructure/runtime/deno_executable.ts";
import { programFile } from "../../../../src/infrastructure/runtime/program_files.ts";

const CHECKOUT = fromFileUrl(new URL("../../../../", import.meta.url));

Deno.test("in a checkout a program file is its source, run with the checkout's configuration", async () => {
  assert.deepEqual(await programFile("index_worker"), {
    path: `${CHECKOUT}src/infrastructure/extensions/index_worker.ts`,
    configArguments: ["--config", `${CHECKOUT}deno.json`],
  });
});

Deno.test("the deno that runs swamp is the one that bundles", async () => {
  assert.equal(await denoExecutable(), Deno.execPath());
});
