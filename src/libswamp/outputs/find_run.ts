import { UserError } from "../../domain/errors.ts";
import { idPrefix } from "../../domain/models/definition_lookup.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { RunHistory, StoredRun } from "../../domain/models/run_history.ts";

/** Hexadecimal digits of a complete id. */
const ID_DIGITS = 32;

/** What finding a run needs. */
export interface FindRunDependencies {
  readonly definitions: DefinitionStore;
  readonly history: RunHistory;
}

/** What a command says when an argument names no run; each text is part of the contract. */
export interface NoRunTexts {
  /** The argument names neither a run nor a model. */
  readonly unknown: (argument: string) => string;
  /** The argument is a model that was never run. */
  readonly neverRun: (model: string) => string;
}

/** The texts of `model output get` (contract: cli-core 8.1). */
export const OUTPUT_TEXTS: NoRunTexts = {
  unknown: (argument) => `Output or model not found: ${argument}`,
  neverRun: (model) => `Output not found: no outputs for model: ${model}`,
};

/** The texts of `model output logs` and `model output data` (contract: cli-core 8.3 and 8.4). */
export const OUTPUT_ID_TEXTS: NoRunTexts = {
  unknown: (argument) =>
    idPrefix(argument) === undefined
      ? `Invalid output ID format: ${argument}. ` +
        "Expected a UUID or partial ID (3+ hex characters)."
      : `Output not found: ${argument}`,
  neverRun: OUTPUT_TEXTS.neverRun,
};

/** The texts of `model method history logs` (contract: cli-core 7.3). */
export const HISTORY_TEXTS: NoRunTexts = {
  unknown: (argument) => `No method run or model found: ${argument}`,
  neverRun: (model) => `Run not found: for model: ${model}`,
};

/**
 * The run that an argument names: by its id, else the latest run of the model of exactly this name,
 * else by the beginning of its id, else the latest run of the model with this id.
 *
 * @throws {UserError} `output_not_found`, `ambiguous_output`, `ambiguous_model`.
 */
export async function findRun(
  dependencies: FindRunDependencies,
  argument: string,
  texts: NoRunTexts,
): Promise<StoredRun> {
  const { definitions, history } = dependencies;
  const idDigits = idPrefix(argument);
  const matches = idDigits === undefined ? [] : await history.runs({ idDigits });
  if (idDigits?.length === ID_DIGITS && matches[0] !== undefined) return matches[0];
  const isName = (await definitions.named(argument)).length > 0;
  if (!isName && matches[0] !== undefined) return only(argument, matches);
  return await latestRun(dependencies, argument, texts);
}

/** The one match there is. */
function only(argument: string, matches: readonly StoredRun[]): StoredRun {
  const [match, other] = matches;
  if (match !== undefined && other === undefined) return match;
  const lines = matches.map(({ record }) => `\n  ${record.id}`).join("");
  throw new UserError("ambiguous_output", `Ambiguous ID prefix "${argument}" matches:${lines}`);
}

async function latestRun(
  { definitions, history }: FindRunDependencies,
  argument: string,
  texts: NoRunTexts,
): Promise<StoredRun> {
  const { id, name } = await definitions.find(argument).then(
    ({ definition }) => definition,
    (error) => {
      if (!(error instanceof UserError) || error.code !== "model_not_found") throw error;
      // Of a model that is gone the records still tell the id.
      if (idPrefix(argument)?.length === ID_DIGITS) return { id: argument, name: undefined };
      throw new UserError("output_not_found", texts.unknown(argument), { fields: error.fields });
    },
  );
  const [latest] = await history.runs({ definitionId: id, limit: 1 });
  if (latest !== undefined) return latest;
  const text = name === undefined ? texts.unknown(argument) : texts.neverRun(name);
  throw new UserError("output_not_found", text);
}
