import { surroundings } from "../surroundings.ts";
import { type Repository, type Run, SWAMP_BIN } from "./swamp.ts";

/** A command that runs while the test goes on. */
export interface BackgroundRun {
  /** Sends a signal to swamp itself, not to what it started. */
  signal(name: Deno.Signal): void;
  /** What it has printed on stderr so far. */
  errorsSoFar(): string;
  /** What it leaves. Its exit code is -1 when a signal ended it. */
  readonly end: Promise<Pick<Run, "code" | "stdout" | "stderr">>;
}

/** Starts a command without waiting for its end. */
export function start(repository: Repository, args: readonly string[]): BackgroundRun {
  const child = new Deno.Command(SWAMP_BIN, {
    args: [...args],
    cwd: repository.root,
    clearEnv: true,
    env: surroundings(),
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let errors = "";
  const reading = (async () => {
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) errors += text;
  })();
  const printing = new Response(child.stdout).text();
  const end = (async () => {
    const [{ code, signal }, stdout] = await Promise.all([child.status, printing, reading]);
    return { code: signal === null ? code : -1, stdout, stderr: errors };
  })();
  return { signal: (name) => child.kill(name), errorsSoFar: () => errors, end };
}

/** Waits until something outside of this process has happened; gives up after 20 seconds. */
export async function until(
  what: string,
  happened: () => boolean | Promise<boolean>,
): Promise<void> {
  for (let waited = 0; waited < 20_000; waited += 10) {
    if (await happened()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`Waited in vain until ${what}`);
}

/** Whether a file or folder is there. */
export function isThere(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Whether a process is there and has not ended. */
export async function isRunning(pid: number): Promise<boolean> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "stat=", "-p", String(pid)] })
    .output();
  const state = new TextDecoder().decode(stdout).trim();
  return state !== "" && !state.startsWith("Z");
}

/** The id of a process that has ended. */
export async function deadPid(): Promise<number> {
  const child = new Deno.Command("true").spawn();
  await child.status;
  return child.pid;
}
