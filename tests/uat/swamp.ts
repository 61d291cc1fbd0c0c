/**
 * The executable under test, and repositories to run it in.
 *
 * @module
 */
import { fromFileUrl, join } from "@std/path";
import { surroundings } from "../surroundings.ts";

/** The executable: `SWAMP_BIN`, or what `deno task compile` made. */
export const SWAMP_BIN = Deno.env.get("SWAMP_BIN") ||
  fromFileUrl(new URL("../../dist/swamp", import.meta.url));

/** How to run swamp. */
export interface RunOptions {
  readonly cwd?: string;
  /** Written to its stdin, which is empty otherwise. */
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a run left. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The one JSON document on stdout. */
  // deno-lint-ignore no-explicit-any -- tests reach into documents whose shape is what they check.
  readonly json: any;
}

/** Runs the executable to its end. */
export async function swamp(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = new Deno.Command(SWAMP_BIN, {
    args: [...args],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    clearEnv: true,
    env: { ...surroundings(), ...options.env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  try {
    if (options.stdin !== undefined) await writer.write(new TextEncoder().encode(options.stdin));
    await writer.close();
  } catch {
    // The command ended without reading its input.
  }
  const { code, stdout, stderr } = await child.output();
  const text = new TextDecoder().decode(stdout);
  return {
    code,
    stdout: text,
    stderr: new TextDecoder().decode(stderr),
    get json() {
      return JSON.parse(text);
    },
  };
}

/** A swamp repository in a temporary folder. */
export class Repository implements Disposable {
  private constructor(readonly root: string) {}

  /** A new, initialised repository. */
  static async create(): Promise<Repository> {
    const root = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "swamp-uat-" }));
    const { code, stderr } = await swamp(["init", "--tool", "none"], { cwd: root });
    if (code !== 0) throw new Error(`swamp init failed: ${stderr}`);
    return new Repository(root);
  }

  /** Runs swamp in the repository. */
  run(args: readonly string[], options: RunOptions = {}): Promise<Run> {
    return swamp(args, { cwd: this.root, ...options });
  }

  /** Absolute path of something in the repository. */
  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  /** Writes a file, and the folders above it. */
  write(path: string, text: string): string {
    const absolute = this.path(path);
    Deno.mkdirSync(join(absolute, ".."), { recursive: true });
    Deno.writeTextFileSync(absolute, text);
    return absolute;
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.root, { recursive: true });
  }
}
