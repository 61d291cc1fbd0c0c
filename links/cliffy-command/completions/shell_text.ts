import type { CommandNode, OptionNode, ValueSource } from "./tree.ts";

/** A name as part of a shell function's name. */
export function identifier(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, "_");
}

/** A text as one word of bash and zsh. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A text as one word of fish. */
export function quoteFish(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/**
 * Where a value's candidates come from, as the scripts pass it around: `r` or `o` for required or
 * optional, `*` when it is variadic, a colon and the action.
 */
export function sourceText({ action, optional, variadic }: ValueSource): string {
  return `${optional ? "o" : "r"}${variadic ? "*" : ""}:${action}`;
}

/** One arm of a `case` or `switch`: the words it is for and what it contains. */
export interface Arm {
  words: string[];
  body: string;
}

/** Which word leads from a command to which sub-command; the words are `<path>|<name>`. */
export function childArms(nodes: CommandNode[], body: (path: string) => string): Arm[] {
  return nodes.flatMap((node) =>
    node.children.map((child) => ({
      words: child.names.map((name) => `${node.path}|${name}`),
      body: body(child.path),
    }))
  );
}

/** Which option of which command takes values; the words are `<path>|<flag>`. */
export function optionArms(nodes: CommandNode[], body: (option: OptionNode) => string): Arm[] {
  return nodes.flatMap((node) =>
    node.options
      .filter((option) => option.values.length > 0)
      .map((option) => ({
        words: option.flags.map((flag) => `${node.path}|${flag}`),
        body: body(option),
      }))
  );
}

/** What is known about each command that has anything to offer; the word is its path. */
export function nodeArms(
  nodes: CommandNode[],
  body: (node: CommandNode) => string | undefined,
): Arm[] {
  return nodes.flatMap((node) => {
    const text = body(node);
    return text === undefined ? [] : [{ words: [node.path], body: text }];
  });
}

/** The arms as a `case` of bash and zsh on the text `subject`. */
export function caseText(subject: string, arms: Arm[], otherwise: string): string {
  const lines = arms.map(({ words, body }) => `    ${words.map(quote).join(" | ")}) ${body} ;;`);
  return [`  case "${subject}" in`, ...lines, `    *) ${otherwise} ;;`, "  esac"].join("\n");
}

/** The arms as a `switch` of fish on the text `subject`. */
export function switchText(subject: string, arms: Arm[], otherwise: string): string {
  const lines = arms.flatMap(({ words, body }) => [
    `        case ${words.map(quoteFish).join(" ")}`,
    `            ${body}`,
  ]);
  return [
    `    switch "${subject}"`,
    ...lines,
    "        case '*'",
    `            ${otherwise}`,
    "    end",
  ].join("\n");
}
