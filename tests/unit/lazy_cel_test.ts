import { deepEqual, ok } from "node:assert/strict";
import { loadedWith } from "./loaded_modules.ts";

Deno.test("no command loads CEL before there is an expression", async () => {
  const commands = ["method/run", "validate", "evaluate", "create", "get", "edit"];
  for (const command of commands) {
    const loaded = [...await loadedWith(`src/cli/commands/model/${command}.ts`)];
    deepEqual(loaded.filter((module) => module.includes("cel-js")), [], command);
  }
});

Deno.test("what evaluates expressions does load it", async () => {
  const loaded = await loadedWith("src/libswamp/expressions/definition_evaluator.ts");
  ok(loaded.has("@marcbachmann/cel-js"));
});
