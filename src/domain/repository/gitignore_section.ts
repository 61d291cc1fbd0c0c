import { UserError } from "../errors.ts";
import type { Tool } from "./settings.ts";

const BEGIN = "# BEGIN swamp managed section - DO NOT EDIT";
const END = "# END swamp managed section";

/** What each tool's files add to `.gitignore` (contract: cli-core 4.2). */
const TOOL_FOLDERS: Readonly<Record<Tool, readonly string[]>> = {
  claude: [".claude/"],
  cursor: [".cursor/skills/"],
  opencode: [".agents/skills/"],
  codex: [".agents/skills/"],
  kiro: [".kiro/skills/"],
  none: [],
};

/** What happened to `.gitignore`. */
export type GitignoreAction = "created" | "updated" | "unchanged" | "skipped";

/** A `.gitignore` as it should be. */
export interface GitignorePlan {
  readonly action: GitignoreAction;
  readonly text: string;
}

/**
 * The `.gitignore` with swamp's managed section in it: replaced where it stands, else appended after a
 * blank line. Everything outside the section stays as it is, its line breaks included.
 *
 * @param text the present text, `undefined` if there is no file.
 * @throws {UserError} `invalid_gitignore` when the section is there twice or has no end.
 */
export function planGitignore(text: string | undefined, tool: Tool): GitignorePlan {
  const lineBreak = text?.includes("\r\n") ? "\r\n" : "\n";
  const section = [BEGIN, ".swamp/", ...TOOL_FOLDERS[tool], END].join(lineBreak);
  if (text === undefined) return { action: "created", text: section + lineBreak };
  const planned = replaceSection(text, section) ?? appendSection(text, section, lineBreak);
  return { action: planned === text ? "unchanged" : "updated", text: planned };
}

function replaceSection(text: string, section: string): string | undefined {
  const begins = [...text.matchAll(lineMatching(BEGIN))];
  const ends = [...text.matchAll(lineMatching(END))];
  if (begins.length === 0 && ends.length === 0) return undefined;
  if (begins.length > 1 || ends.length > 1) {
    throw new UserError(
      "invalid_gitignore",
      "Found multiple swamp managed sections in file .gitignore. " +
        "Please remove the duplicate section and run the command again.",
    );
  }
  const [begin, end] = [begins[0]?.index ?? Infinity, ends[0]?.index ?? -1];
  if (begin > end) {
    throw new UserError(
      "invalid_gitignore",
      `The swamp managed section in .gitignore is incomplete: "${BEGIN}" and "${END}" ` +
        "must both be there, in this order. Remove what is left of it and run the command again.",
    );
  }
  return text.slice(0, begin) + section + text.slice(end + ends[0]![0].length);
}

function appendSection(text: string, section: string, lineBreak: string): string {
  if (text.trim() === "") return section + lineBreak;
  const body = text.endsWith("\n") ? text : text + lineBreak;
  return `${body}${lineBreak}${section}${lineBreak}`;
}

/** Matches a line that holds `content` and nothing else, without its line break. */
function lineMatching(content: string): RegExp {
  return new RegExp(`^[ \\t]*${RegExp.escape(content)}[ \\t]*(?=\\r?$)`, "gm");
}
