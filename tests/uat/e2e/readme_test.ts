import assert from "node:assert/strict";
import { join } from "node:path";
import { fromFileUrl } from "@std/path";
import { SWAMP_BIN } from "../swamp.ts";

const README = fromFileUrl(new URL("../../../README.md", import.meta.url));

/** A piece of code in the tour of the README. */
interface CodeBlock {
  readonly language: string;
  readonly text: string;
}

async function tour(): Promise<CodeBlock[]> {
  const readme = await Deno.readTextFile(README);
  const section = readme.split(/^## /m).find((text) => text.startsWith("A short tour"));
  assert.ok(section);
  return [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .map(([, language, text]) => ({ language: language!, text: text! }));
}

/** Runs commands as somebody would type them, with swamp in the PATH, and stops at the first failure. */
async function type(commands: string, cwd: string): Promise<string> {
  const tools = await Deno.makeTempDir();
  await Deno.symlink(SWAMP_BIN, join(tools, "swamp"));
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-ec", commands],
    cwd,
    env: { PATH: `${tools}:${Deno.env.get("PATH")}` },
    stdin: "null",
  }).output();
  await Deno.remove(tools, { recursive: true });
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assert.equal(code, 0, `${text(stdout)}\n${text(stderr)}`);
  return text(stdout);
}

Deno.test("the tour of the README works as it is written", async () => {
  const folder = await Deno.makeTempDir();
  const printed: string[] = [];
  for (const { language, text } of await tour()) {
    if (language === "sh") printed.push(await type(text, folder));
    if (language !== "ts") continue;
    await Deno.mkdir(join(folder, "extensions/models"), { recursive: true });
    await Deno.writeTextFile(join(folder, "extensions/models/greeting.ts"), text);
  }
  assert.equal(printed.length, 2);
  assert.match(printed[0]!, /Hello/);
  assert.match(printed[1]!, /Hello, Ada!/);
  await Deno.remove(folder, { recursive: true });
});
