/**
 * What `model method run` is told on its command line: `--input`, `--input-file` and `--tag` (contract:
 * cli-core 7.2, authoring 5.3, IMP-45).
 *
 * @module
 */
import { messageOf, UserError } from "../../domain/errors.ts";
import {
  type ArgumentMap,
  mergeArguments,
  parseKeyValueArguments,
  requireSafeKeys,
  type TextFileReader,
} from "../models/key_value_arguments.ts";

/** Where inputs come from. */
export interface InputSources {
  /** Each `key=value`, a JSON object, or `-` for a JSON object on stdin. */
  readonly inputs: readonly string[];
  /** A YAML or JSON file, or `-` for stdin. */
  readonly inputFile?: string | undefined;
}

/** How inputs are read. */
export interface InputReaders {
  readonly readTextFile: TextFileReader;
  readonly readStdin: () => Promise<string>;
}

/**
 * The inputs of a run: those of the file, and over them what the command line says, later ones winning.
 * Maps are merged at every depth, everything else is replaced.
 *
 * @throws {UserError} `invalid_argument`, `input_file_not_found`, `unreadable_input_file`.
 */
export async function readRunInputs(
  { inputs, inputFile }: InputSources,
  readers: InputReaders,
): Promise<ArgumentMap> {
  requireOneReader(inputs, inputFile);
  let merged = inputFile === undefined ? {} : await readInputFile(inputFile, readers);
  let pairs: string[] = [];
  const mergePairs = async () => {
    merged = mergeArguments(merged, await parseKeyValueArguments(pairs, readers.readTextFile));
    pairs = [];
  };
  for (const input of inputs) {
    if (input !== "-" && !input.trimStart().startsWith("{")) {
      pairs.push(input);
      continue;
    }
    await mergePairs();
    merged = mergeArguments(merged, parseJson(input === "-" ? await readers.readStdin() : input));
  }
  await mergePairs();
  return merged;
}

/**
 * Reads `KEY=VALUE` tags.
 *
 * @throws {UserError} `invalid_tag`
 */
export function parseTags(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(texts.map((text) => {
    const equals = text.indexOf("=");
    if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)];
    throw new UserError("invalid_tag", `Invalid tag format: "${text}". Expected KEY=VALUE`);
  }));
}

/** What is read from stdin once is not there a second time. */
function requireOneReader(inputs: readonly string[], inputFile: string | undefined): void {
  const readers = [...inputs, inputFile].filter((source) => source === "-");
  if (readers.length < 2) return;
  throw new UserError(
    "invalid_argument",
    "Inputs can be read from stdin only once: give one --input - or --input-file -",
  );
}

async function readInputFile(
  path: string,
  { readTextFile, readStdin }: InputReaders,
): Promise<ArgumentMap> {
  const failure = (reason: string, cause?: unknown) =>
    new UserError("unreadable_input_file", `Failed to read input file: ${reason}`, { cause });
  let value: unknown;
  try {
    const text = path === "-" ? await readStdin() : await readTextFile(path);
    if (text === undefined) {
      throw new UserError("input_file_not_found", `Input file not found: ${path}`);
    }
    const { parseInputFile } = await import("../models/input_file.ts");
    value = parseInputFile(text);
  } catch (error) {
    throw error instanceof UserError ? error : failure(messageOf(error), error);
  }
  if (!isMap(value)) throw failure("Input file must contain a YAML object");
  requireSafeKeys(value);
  return value;
}

function parseJson(text: string): ArgumentMap {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError("invalid_argument", `Invalid JSON in --input: ${messageOf(error)}`);
  }
  if (!isMap(value)) {
    throw new UserError("invalid_argument", "Invalid JSON in --input: expected an object");
  }
  requireSafeKeys(value);
  return value;
}

function isMap(value: unknown): value is ArgumentMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
