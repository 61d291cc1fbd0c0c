/**
 * Secrets in shell commands: the command line names environment variables in their place, so that neither
 * a list of processes nor the shell itself gets to read them as code (contract: authoring 4.6).
 *
 * @module
 */
import type { SecretTokens } from "../../expressions/secret_tokens.ts";

/** A command line without secrets. */
export interface SecretScript {
  readonly script: string;
  /** The secrets, by the environment variables that the script names. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Stands for a secret while the script is read; no command line can hold this character. */
const MARK = "\0";

/**
 * A script with variables in the place of secrets, quoted as their place demands: also inside single
 * quotes, where nothing is expanded. In a here-document whose delimiter is quoted no secret can be
 * had; the name of the variable stands there.
 *
 * @param text the script, with tokens for secrets.
 *
 * @example
 * ```ts
 * withSecretVariables(`curl -H 'Key: ${token}'`, tokens).script;
 * // `curl -H 'Key: '"${__SWAMP_VAULT_1}"''`
 * ```
 */
export function withSecretVariables(text: string, tokens: SecretTokens): SecretScript {
  const parts = tokens.partsOf(text);
  const secrets = parts.filter((part) => typeof part !== "string");
  if (secrets.length === 0) return { script: text, variables: {} };
  const reader = new ShellReader(
    parts.map((part) => typeof part === "string" ? part : MARK).join(""),
  );
  const name = (number: number) => `__SWAMP_VAULT_${number + 1}`;
  let script = "";
  let next = 0;
  for (const [character, context] of reader.read()) {
    script += character === MARK && next < secrets.length
      ? quoted(name(secrets[next++]!.number), context)
      : character;
  }
  return {
    script,
    variables: Object.fromEntries(secrets.map(({ number, secret }) => [name(number), secret])),
  };
}

/** What the characters around a place mean to the shell. */
type Context = "plain" | "single" | "double" | "arithmetic" | "document" | "comment";

function quoted(variable: string, context: Context): string {
  switch (context) {
    case "plain":
      return `"\${${variable}}"`;
    case "single":
      return `'"\${${variable}}"'`;
    default:
      return `\${${variable}}`;
  }
}

/** Something that was opened and must be closed. */
interface Opening {
  readonly context: Context;
  readonly closedBy: ")" | "))" | "}" | "`" | '"' | "'" | undefined;
}

/** A here-document whose lines are still to come. */
interface HereDocument {
  readonly delimiter: string;
  readonly stripsTabs: boolean;
}

const HERE_DOCUMENT = /<<(-?)[ \t]*(?:'([^'\n]*)'|"([^"\n]*)"|\\?([\w.-]+))/y;

/** Reads a script as far as is needed to know what is quoted. */
class ShellReader {
  readonly #text: string;
  readonly #open: Opening[] = [{ context: "plain", closedBy: undefined }];
  readonly #documents: HereDocument[] = [];
  /** Parentheses that are open inside of each opening. */
  readonly #depths: number[] = [0];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The script piece by piece, each with the context that it stands in. */
  *read(): Generator<readonly [string, Context]> {
    while (this.#at < this.#text.length) {
      const { context } = this.#open.at(-1)!;
      const length = this.#step(context);
      for (const character of this.#text.slice(this.#at, this.#at + length)) {
        yield [character, context];
      }
      this.#at += length;
      const isLineEnd = this.#text[this.#at - 1] === "\n";
      if (isLineEnd && context !== "single" && context !== "double") yield* this.#readDocuments();
    }
  }

  /** Notes what begins or ends here; the number of characters that belong to it. */
  #step(context: Context): number {
    const rest = this.#text.slice(this.#at, this.#at + 3);
    if (context === "comment") {
      if (rest[0] === "\n") this.#close();
      return 1;
    }
    const { closedBy } = this.#open.at(-1)!;
    const isClosed = closedBy !== undefined && rest.startsWith(closedBy) &&
      this.#depths.at(-1) === 0;
    if (isClosed) return this.#close();
    if (context === "single") return 1;
    if (rest[0] === "\\" && rest[1] !== MARK) return 2;
    if (rest.startsWith("$((")) return this.#begin("arithmetic", "))", 3);
    if (rest.startsWith("$(")) return this.#begin("plain", ")", 2);
    if (rest.startsWith("${")) return this.#begin(context, "}", 2);
    if (rest[0] === "`") return this.#begin("plain", "`", 1);
    if (rest[0] === '"' && context === "plain") return this.#begin("double", '"', 1);
    if (context === "plain") return this.#plainStep(rest);
    if (context === "arithmetic") this.#countParentheses(rest[0]!);
    return 1;
  }

  #plainStep(rest: string): number {
    if (rest[0] === "'") return this.#begin("single", "'", 1);
    const before = this.#text[this.#at - 1] ?? "\n";
    if (rest[0] === "#" && /[\s;&|()]/.test(before)) return this.#begin("comment", undefined, 1);
    this.#countParentheses(rest[0]!);
    HERE_DOCUMENT.lastIndex = this.#at;
    const found = rest.startsWith("<<<") ? null : HERE_DOCUMENT.exec(this.#text);
    if (found === null) return 1;
    const [whole, dash, single, double, bare] = found;
    const delimiter = single ?? double ?? bare ?? "";
    this.#documents.push({ delimiter, stripsTabs: dash === "-" });
    return whole.length;
  }

  /** The lines of the here-documents that were announced on the line before. */
  *#readDocuments(): Generator<readonly [string, Context]> {
    for (const { delimiter, stripsTabs } of this.#documents.splice(0)) {
      while (this.#at < this.#text.length) {
        const end = this.#text.indexOf("\n", this.#at);
        const line = this.#text.slice(this.#at, end < 0 ? undefined : end + 1);
        for (const character of line) yield [character, "document"];
        this.#at += line.length;
        const bare = line.replace(/\n$/, "");
        if ((stripsTabs ? bare.replace(/^\t+/, "") : bare) === delimiter) break;
      }
    }
  }

  #countParentheses(character: string): void {
    const change = character === "(" ? 1 : character === ")" ? -1 : 0;
    this.#depths.push(Math.max(0, this.#depths.pop()! + change));
  }

  #begin(context: Context, closedBy: Opening["closedBy"], length: number): number {
    this.#open.push({ context, closedBy });
    this.#depths.push(0);
    return length;
  }

  #close(): number {
    this.#depths.pop();
    return this.#open.pop()?.closedBy?.length ?? 1;
  }
}
