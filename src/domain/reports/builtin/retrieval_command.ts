import type { DataHandle } from "../../models/model_type.ts";

/** The command line that shows a version of data. */
export function retrievalCommand(modelName: string, { name, version }: DataHandle): string {
  return `swamp data get ${shellWord(modelName)} ${shellWord(name)} --version ${version}`;
}

/** A text as one word for a POSIX shell. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
