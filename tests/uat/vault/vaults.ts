/**
 * Vaults to test with.
 *
 * @module
 */
import { succeeds } from "../outcomes.ts";
import { Repository, type Run, SWAMP_BIN } from "../swamp.ts";

/** A repository with the vault `main`, whose secrets are encrypted files in it. */
export async function withMainVault(): Promise<{ repository: Repository; main: Run["json"] }> {
  const repository = await Repository.create();
  const main = await succeeds(repository, ["vault", "create", "local_encryption", "main"]);
  return { repository, main };
}

/**
 * Source of the vault type `@acme/files`: plain text files in the folder that its config names. It
 * insists on a default being filled in.
 */
export const FILES_TYPE = `import { z } from "npm:zod@4.3.6";
export const vault = {
  type: "@acme/files",
  name: "Files",
  description: "Plain text in a folder",
  configSchema: z.object({ dir: z.string(), suffix: z.string().default(".txt") }),
  createProvider(name, { dir, suffix }) {
    if (suffix === undefined) throw new Error("the config was not parsed");
    return {
      getName: () => name,
      get: (key) => Deno.readTextFile(dir + "/" + key + suffix),
      async put(key, value) {
        if (key === "full") throw new Error("no room for " + value);
        await Deno.mkdir(dir, { recursive: true });
        await Deno.writeTextFile(dir + "/" + key + suffix, value);
      },
      async list() {
        const entries = await Array.fromAsync(Deno.readDir(dir)).catch(() => []);
        return entries.map((entry) => entry.name.slice(0, -suffix.length));
      },
    };
  },
};
`;

/** Source of a vault type whose code cannot make a vault. */
export const BROKEN_TYPE = `export const vault = {
  type: "@acme/broken",
  name: "Broken",
  description: "Never works",
  createProvider() {
    throw new Error("the service is gone");
  },
};
`;

/** What somebody at a terminal got to see, and how the command ended. */
export interface Conversation {
  readonly code: number;
  /** Both streams of the command, and what the terminal echoed. */
  readonly text: string;
}

/**
 * Runs swamp in a terminal, made by script(1), and types an answer as soon as a question is seen.
 *
 * @param args command line as for a shell.
 * @param answers by a piece of the question.
 */
export async function converse(
  { root }: Repository,
  args: string,
  answers: readonly (readonly [question: string, answer: string])[],
): Promise<Conversation> {
  const line = `'${SWAMP_BIN}' ${args}`;
  const script = Deno.build.os === "darwin"
    ? ["-q", "/dev/null", "sh", "-c", line]
    : ["-qec", line, "/dev/null"];
  const child = new Deno.Command("script", {
    args: script,
    cwd: root,
    env: { SWAMP_NO_TELEMETRY: "1", TERM: "xterm" },
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const keyboard = child.stdin.getWriter();
  const open = [...answers];
  let text = "";
  let asked = 0;
  for await (const piece of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += piece;
    const [next] = open;
    const at = next === undefined ? -1 : text.indexOf(next[0], asked);
    if (next === undefined || at < 0) continue;
    asked = at + next[0].length;
    open.shift();
    await keyboard.write(new TextEncoder().encode(next[1]));
  }
  await keyboard.close().catch(() => {});
  const { code } = await child.status;
  return { code, text: text.replaceAll("\r\n", "\n") };
}
