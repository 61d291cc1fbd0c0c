import type { Page } from "../output.ts";
import { printable } from "../printable.ts";

/**
 * Markdown for people: the text as it is, safe for a terminal. Where colours are on, headings, bold text,
 * code and the frames of tables look like what they are; no character is added or taken away.
 */
export function renderMarkdown(markdown: string, { style }: Page): string {
  let fence: string | undefined;
  return printable(markdown.replaceAll("\r\n", "\n"), true).trimEnd().split("\n").map((line) => {
    const [, mark] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = undefined;
      return style.dim(line);
    }
    if (mark !== undefined) {
      fence = mark;
      return style.dim(line);
    }
    if (/^#{1,6}\s/.test(line)) return style.bold(line);
    if (/^\|[\s:|-]+\|$/.test(line)) return style.dim(line);
    return inline(line, style);
  }).join("\n");
}

function inline(line: string, style: Page["style"]): string {
  return line.replaceAll(
    /(`+)[^`]+\1|\*\*[^*\s](?:[^*]*[^*\s])?\*\*/g,
    (span) => span.startsWith("`") ? style.cyan(span) : style.bold(span),
  );
}
