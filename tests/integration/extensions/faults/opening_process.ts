import { fromFileUrl, join } from "@std/path";
import type { OpenedIndex } from "../repository_fixture.ts";

/** The checkout that these tests belong to. */
export const CHECKOUT = fromFileUrl(new URL("../../../../", import.meta.url));

/** The program, as a path in a checkout. */
const PROGRAM = "tests/integration/extensions/faults/opening_program.ts";

/** What a process found that opened the extension index of a repository. */
export type OpeningResult = Pick<
  OpenedIndex,
  "types" | "broken" | "built" | "warnings" | "notices" | "phases"
>;

/** How a process is started that opens an index. */
export interface OpeningOptions {
  /** Command in front of deno, such as one that gives up privileges. */
  readonly prefix?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Absolute path of another checkout whose swamp is to open the index. */
  readonly checkout?: string;
}

/** Starts a process that opens the extension index of a repository. */
export function startOpening(
  root: string,
  { prefix = [], env = {}, checkout = CHECKOUT }: OpeningOptions = {},
): Deno.ChildProcess {
  const [command, ...args] = [
    ...prefix,
    Deno.execPath(),
    "run",
    "--allow-all",
    "--no-check",
    "--no-lock",
    "--config",
    join(checkout, "deno.json"),
    join(checkout, PROGRAM),
    root,
  ];
  return new Deno.Command(command!, { args, env, stdin: "null", stdout: "piped", stderr: "piped" })
    .spawn();
}

/**
 * What a started process found.
 *
 * @throws {Error} with its stderr when it failed.
 */
export async function openingResult(child: Deno.ChildProcess): Promise<OpeningResult> {
  const { success, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(decoder.decode(stderr));
  return JSON.parse(decoder.decode(stdout));
}

/** Opens the extension index of a repository in a process of its own. */
export function openInProcess(root: string, options?: OpeningOptions): Promise<OpeningResult> {
  return openingResult(startOpening(root, options));
}
