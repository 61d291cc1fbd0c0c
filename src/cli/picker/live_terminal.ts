import type { GlobalOptions } from "../context.ts";

/** What decides whether swamp may take the terminal and wait for keys. */
export interface TerminalFacts {
  /** Whether both stdin and stdout are terminals. */
  readonly isTerminal: boolean;
  /** The variable `TERM`. */
  readonly term: string | undefined;
  readonly os: typeof Deno.build.os;
}

/**
 * Whether somebody sits at a terminal that can show more than lines, and wants to see more: `--json`,
 * `--log` and `--quiet` say no.
 */
export function hasLiveTerminal(
  { json, log, quiet }: Pick<GlobalOptions, "json" | "log" | "quiet">,
  { isTerminal, term, os }: TerminalFacts = processTerminal(),
): boolean {
  if (json || log || quiet || !isTerminal) return false;
  return term !== "dumb" && (Boolean(term) || os === "windows");
}

function processTerminal(): TerminalFacts {
  return {
    isTerminal: Deno.stdin.isTerminal() && Deno.stdout.isTerminal(),
    term: Deno.env.get("TERM"),
    os: Deno.build.os,
  };
}
