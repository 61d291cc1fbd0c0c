/**
 * A small program in a portable executable, made once for a test file, and caches to run it in.
 *
 * @module
 */
import { join } from "@std/path";
import { writePortableExecutable } from "../../../tasks/build/portable_executable.ts";

const MAIN = `
const [what, ...rest] = Deno.args;
if (what === "exit") Deno.exit(Number(rest[0]));
if (what === "arguments") console.log(JSON.stringify(rest));
if (what === "lazy") console.log((await import("./lazy/part.js")).answer);
if (what === "deno") console.log(Deno.execPath());
if (what === "input") console.log(await new Response(Deno.stdin.readable).text());
if (what === "wait") {
  Deno.addSignalListener("SIGTERM", () => Deno.exit(42));
  console.log("waiting");
  setTimeout(() => {}, 60_000);
}
`;

/** An executable in a folder of its own. */
export interface PortableProgram extends AsyncDisposable {
  readonly dir: string;
  readonly executable: string;
}

/** What a run of an executable left. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Packs the program with the running deno. */
export async function portableProgram(
  version = "20260102.030405.0-sha.abc",
): Promise<PortableProgram> {
  const dir = await Deno.makeTempDir({ prefix: "swamp portable " });
  const program = join(dir, "program");
  await Deno.mkdir(join(program, "lazy"), { recursive: true });
  await Deno.writeTextFile(join(program, "main.js"), MAIN);
  await Deno.writeTextFile(join(program, "lazy/part.js"), "export const answer = 'lazily';\n");
  const executable = join(dir, "swamp");
  await writePortableExecutable({
    deno: Deno.execPath(),
    denoVersion: Deno.version.deno,
    program: { dir: program, files: ["main.js", "lazy/part.js"], version },
    output: executable,
    cacheDir: join(dir, "build-cache"),
  });
  return {
    dir,
    executable,
    [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }),
  };
}

/** Runs a command with exactly the given environment, `PATH` aside. */
export async function run(
  command: string[],
  env: Record<string, string>,
  options: Partial<Deno.CommandOptions> = {},
): Promise<Run> {
  const { code, stdout, stderr } = await new Deno.Command(command[0]!, {
    args: command.slice(1),
    clearEnv: true,
    env: { PATH: Deno.env.get("PATH")!, ...env },
    stdin: "null",
    ...options,
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}
