import * as assert from "node:assert/strict";
import { Command } from "@cliffy/command";

/** What `deno info` says about a module and everything that it imports. */
async function importedModules(entry: string): Promise<string[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", new URL(entry, import.meta.url).pathname],
  }).output();
  const { modules } = JSON.parse(new TextDecoder().decode(stdout));
  return modules.map((module: { specifier: string }) => module.specifier);
}

Deno.test("the stand-in loads its own files only", async () => {
  const folder = new URL("..", import.meta.url).href;
  for (const entry of ["../mod.ts", "../completions/mod.ts"]) {
    const modules = await importedModules(entry);
    assert.ok(modules.length > 1);
    assert.deepEqual(modules.filter((specifier) => !specifier.startsWith(folder)), []);
  }
});

Deno.test("help and completions are not loaded for the completions' sake", async () => {
  const modules = await importedModules("../mod.ts");
  assert.deepEqual(modules.filter((specifier) => specifier.includes("/completions/")), []);
});

Deno.test("an option is read when its command needs it, not when it is declared", () => {
  const command = new Command().option("-f, --foo", "").option("-x, --foo", "");
  assert.throws(
    () => command.getOptions(),
    /An option with name '.*--foo.*' is already registered/,
  );
});

Deno.test("Command takes type parameters and infers nothing", async () => {
  // deno-lint-ignore no-explicit-any -- this is how src/ names a command whose types it knows itself
  const command: Command<any> = new Command<any>().noExit()
    .option("-n <n:number>", "")
    .arguments("<a:string>")
    .action((options: { n?: number }, a: string) => ({ ...options, a }));
  const { options } = await command.parse(["-n", "1", "x"]);
  const typed: { n: number } = options;
  assert.equal(typed.n, 1);
});
