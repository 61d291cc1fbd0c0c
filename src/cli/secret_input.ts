import { EXIT_CODES, UserError } from "../domain/errors.ts";
import { HiddenLine, MARK_PASTES, UNMARK_PASTES } from "./hidden_line.ts";

/**
 * Asks on stderr for something that is not shown while it is typed.
 *
 * @returns what was typed; `undefined` where the user gave up with Ctrl-D.
 * @throws {UserError} `interrupted` on Ctrl-C.
 */
export async function askHidden(question: string): Promise<string | undefined> {
  const print = (text: string) => Deno.stderr.writeSync(new TextEncoder().encode(text));
  const line = new HiddenLine();
  Deno.stdin.setRaw(true);
  print(`${question} ${MARK_PASTES}`);
  try {
    for await (const typed of typedText()) {
      const state = line.type(typed);
      // Who copies a password often copies the line break behind it.
      if (state === "entered") return line.text.replace(/\n$/, "");
      if (state === "ended") return undefined;
      if (state === "interrupted") {
        throw new UserError("interrupted", "Interrupted", { exitCode: EXIT_CODES.interrupted });
      }
    }
    return undefined;
  } finally {
    Deno.stdin.setRaw(false);
    print(`${UNMARK_PASTES}\n`);
  }
}

/**
 * A secret from stdin, less one line break at its end.
 *
 * @returns `undefined` where there is nothing on stdin.
 * @throws {UserError} `invalid_secret` when it is no text in UTF-8.
 */
export async function readSecret(): Promise<string | undefined> {
  const bytes = await new Response(Deno.stdin.readable).bytes();
  if (bytes.length === 0) return undefined;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.replace(/\r?\n$/, "");
  } catch {
    throw new UserError(
      "invalid_secret",
      "What is on stdin is no text in UTF-8. Encode it first, for example with base64.",
    );
  }
}

/** What is typed, as it comes. */
async function* typedText(): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(4096);
  for (;;) {
    const length = await Deno.stdin.read(buffer);
    if (length === null) return;
    yield decoder.decode(buffer.subarray(0, length), { stream: true });
  }
}
