import { equal, ok } from "node:assert/strict";
import { loadedWith } from "./loaded_modules.ts";

const PLAIN_RUN = [
  ...["src/cli/mod.ts", "src/cli/commands/model/method/run.ts"],
  ...["src/domain/models/builtin/command_shell.ts", "src/domain/drivers/builtin/raw.ts"],
];

for (const path of PLAIN_RUN) {
  Deno.test(`a shell command whose arguments are sound needs no zod: ${path}`, async () => {
    equal((await loadedWith(path)).has("zod"), false);
  });
}

Deno.test("what finds fault with them does load it", async () => {
  ok((await loadedWith("src/domain/models/builtin/command_shell_schemas.ts")).has("zod"));
});
