import { basename, DELIMITER, join } from "@std/path";
import { UserError } from "../domain/errors.ts";

/** An editor that is installed. */
export interface Editor {
  /** For people: the name of the command. */
  readonly name: string;
  readonly command: string;
  /** Arguments before the file. */
  readonly args: readonly string[];
}

/** Editors that are tried when `$EDITOR` names none that is installed. */
const KNOWN = ["code", "zed", "nvim", "vim", "nano", "emacs"] as const;

/**
 * The user's editor: `$EDITOR`, which may carry arguments, else the first known one that is
 * installed.
 *
 * @throws {UserError} `no_editor`
 */
export function findEditor(): Editor {
  const candidates = [words(Deno.env.get("EDITOR") ?? ""), ...KNOWN.map((name) => [name])];
  for (const [command, ...args] of candidates) {
    if (command === undefined || !isInstalled(command)) continue;
    return { name: basename(command), command, args };
  }
  throw new UserError(
    "no_editor",
    "No editor found. Set $EDITOR environment variable or install one of: " +
      `${KNOWN.join(", ")}`,
  );
}

/**
 * Lets the user edit a file and waits for the editor to end. Editors that open a window of their
 * own and return at once are not waited for any longer.
 *
 * @param quietStdout whether what the editor prints must not appear on stdout.
 * @throws {UserError} `editor_failed` when the editor cannot be started or reports a failure.
 */
export async function edit(editor: Editor, path: string, quietStdout: boolean): Promise<void> {
  let status: Deno.CommandStatus;
  try {
    const child = new Deno.Command(editor.command, {
      args: [...editor.args, path],
      stdin: "inherit",
      stdout: quietStdout ? "piped" : "inherit",
      stderr: "inherit",
    }).spawn();
    if (quietStdout) {
      for await (const chunk of child.stdout) Deno.stderr.writeSync(chunk);
    }
    status = await child.status;
  } catch (error) {
    throw new UserError("editor_failed", `The editor "${editor.name}" could not be started`, {
      cause: error,
    });
  }
  if (status.success) return;
  const how = status.signal === null ? `with exit code ${status.code}` : `by ${status.signal}`;
  throw new UserError("editor_failed", `The editor "${editor.name}" ended ${how}: ${path}`);
}

/** Words of a command line; quotes keep blanks inside a word. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|[^\s"']+/g)].map((word) =>
    word[1] ?? word[2] ?? word[0]
  );
}

function isInstalled(command: string): boolean {
  const suffixes = Deno.build.os === "windows" ? ["", ".exe", ".cmd", ".bat"] : [""];
  const folders = /[/\\]/.test(command)
    ? [""]
    : (Deno.env.get("PATH") ?? "").split(DELIMITER).filter((folder) => folder !== "");
  return folders.some((folder) =>
    suffixes.some((suffix) =>
      isFile(folder === "" ? command + suffix : join(folder, command + suffix))
    )
  );
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
