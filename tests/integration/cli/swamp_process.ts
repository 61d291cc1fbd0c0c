import { fromFileUrl, join } from "@std/path";
import { surroundings } from "../../surroundings.ts";

const CHECKOUT = fromFileUrl(new URL("../../../", import.meta.url));

/** How a swamp process ended. */
export interface SwampResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a swamp process runs. */
export interface SwampOptions {
  /** Working directory. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What deno is started with to run swamp from source. */
export function swampArguments(args: readonly string[]): string[] {
  return ["run", "-A", "--config", join(CHECKOUT, "deno.json"), join(CHECKOUT, "main.ts"), ...args];
}

/** Runs swamp from source, with no terminal and none of the variables that change what it does. */
export async function runSwamp(
  args: readonly string[],
  { cwd, env = {} }: SwampOptions,
): Promise<SwampResult> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: swampArguments(args),
    cwd,
    clearEnv: true,
    env: { ...surroundings(), ...env },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Runs `test` in an empty folder, which is removed afterwards. */
export async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "swamp-test-" }));
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Runs `test` in a new repository without files for an AI tool. */
export async function withNewRepository(test: (root: string) => Promise<void>): Promise<void> {
  await withFolder(async (root) => {
    const { code, stderr } = await runSwamp(["init", "--tool", "none"], { cwd: root });
    if (code !== 0) throw new Error(stderr);
    await test(root);
  });
}
