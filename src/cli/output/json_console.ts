import type { Console } from "./console.ts";
import { printable } from "./printable.ts";
import { SILENT_PROGRESS } from "./progress.ts";
import type { Streams } from "./streams.ts";
import { styleFor } from "./style.ts";

/** What {@linkcode createJsonConsole} needs to know. */
export interface JsonConsoleOptions {
  readonly streams: Streams;
  /** Whether warnings and notices stay unsaid. */
  readonly quiet: boolean;
  /** Whether failures carry their stack. */
  readonly stacks: boolean;
}

/**
 * Output for machines: exactly one document on stdout, the result or the failure; a failure also on
 * stderr (contract: cli-core 2.3, IMP-8).
 */
export function createJsonConsole({ streams, quiet, stacks }: JsonConsoleOptions): Console {
  let printed = false;
  const print = (text: string) => {
    if (!printed) streams.stdout.write(text);
    printed = true;
  };
  const tell = (kind: string, message: string) => {
    if (!quiet) streams.stderr.write(`${kind}: ${printable(message, true)}\n`);
  };
  return {
    mode: "json",
    style: styleFor(false),
    width: undefined,
    result: (document) => {
      if (printed) throw new Error("A command printed two results");
      print(jsonText(document));
    },
    // The one level that is not muted: an extension says that something is beyond repair.
    log: (level, _category, message) => {
      if (level === "fatal") streams.stderr.write(jsonText({ error: message }));
    },
    warn: (message) => tell("warning", message),
    notice: (message) => tell("note", message),
    progress: () => SILENT_PROGRESS,
    holdBack: () => ({ [Symbol.dispose]() {} }),
    fail: ({ message, code, fields, hint, stack }) => {
      const text = jsonText({
        error: message,
        code,
        ...fields,
        ...(hint === undefined ? {} : { hint }),
        ...(stacks ? { stack } : {}),
      });
      print(text);
      streams.stderr.write(text);
    },
  };
}

/** A document as swamp prints it: two spaces of indent, a line break at the end. */
export function jsonText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
