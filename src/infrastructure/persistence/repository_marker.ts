import type { Marker } from "../../domain/repository/repository_folder.ts";
import {
  isKnownKey,
  isMap,
  settingsOf,
  settingsProblems,
} from "../../domain/repository/settings_check.ts";
import { readSimpleYaml } from "./yaml_reader.ts";

/**
 * Reads `.swamp.yaml`.
 *
 * @param path absolute path of the file.
 * @throws a `Deno.errors.*` when something is there but cannot be read.
 */
export async function readMarker(path: string): Promise<Marker> {
  const text = await readTextIfAny(path);
  if (typeof text !== "string") return text;
  const simple = readSimpleYaml(text);
  const { value, mistake } = simple === undefined ? await parse(text) : { value: simple };
  if (mistake !== undefined || !isMap(value)) {
    const reason = mistake ?? `.swamp.yaml must be a YAML map, but it ${nature(value)}`;
    return { state: "damaged", reason, salvaged: isMap(value) ? usable(value, isKnownKey) : {} };
  }
  const problems = settingsProblems(value);
  if (problems.length === 0) return { state: "read", settings: settingsOf(value) };
  const reason = problems.map(({ key, message }) => `.swamp.yaml${lineOf(key, text)}: ${message}`);
  return { state: "damaged", reason: reason.join("\n"), salvaged: usable(value) };
}

/**
 * The text of `.swamp.yaml` with some keys changed, added, or, where their new value is `undefined`,
 * removed; comments and all other lines stay.
 */
export async function changedMarker(
  text: string,
  changes: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { isScalar, parseDocument } = await import("./yaml_document.ts");
  const document = parseDocument(text);
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) {
      document.delete(key);
      continue;
    }
    const node = document.createNode(value);
    // Other YAML readers would take a bare one for a date.
    if (isScalar(node) && /^\d{4}-/.test(String(value))) node.type = "QUOTE_SINGLE";
    document.set(key, node);
  }
  return document.toString({ singleQuote: true, lineWidth: 0 });
}

async function readTextIfAny(path: string): Promise<string | Marker> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    // What should be the directory may be a file.
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return { state: "missing" };
    }
    if (error instanceof Deno.errors.IsADirectory) return { state: "directory" };
    throw error;
  }
}

/** Parses YAML; of a malformed document, as much as the parser made sense of. */
async function parse(text: string): Promise<{ value: unknown; mistake?: string }> {
  const { parseDocument } = await import("./yaml_document.ts");
  const document = parseDocument(text, { logLevel: "error" });
  const [error] = document.errors;
  if (error === undefined) return { value: document.toJS() };
  const [message = ""] = error.message.split("\n");
  const mistake = `.swamp.yaml cannot be read as YAML: ${message.replace(/:$/, "")}`;
  try {
    return { value: document.toJS(), mistake };
  } catch {
    return { value: undefined, mistake };
  }
}

/**
 * The entries whose values have the right type.
 *
 * @param accepts tells which keys count; of a malformed file, only those that can be checked should.
 */
function usable(
  entries: Readonly<Record<string, unknown>>,
  accepts: (key: string) => boolean = () => true,
): Record<string, unknown> {
  const bad = new Set(settingsProblems(entries).map(({ key }) => key.replace(/\..*/, "")));
  return Object.fromEntries(
    Object.entries(entries).filter(([key, value]) =>
      accepts(key) && !bad.has(key) && value !== null
    ),
  );
}

function nature(value: unknown): string {
  if (value === null || value === undefined) return "is empty";
  return Array.isArray(value) ? "is a list" : `is the single value ${JSON.stringify(value)}`;
}

/** `, line 3` for a top-level key, as far as the text shows it. */
function lineOf(key: string, text: string): string {
  const [top] = key.split(".");
  const index = text.split("\n").findIndex((line) => line.startsWith(`${top}:`));
  return index < 0 ? "" : `, line ${index + 1}`;
}
