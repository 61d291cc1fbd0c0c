/**
 * What a method wants to run next (contract: authoring 2.2).
 *
 * @module
 */
import { messageOf, UserError } from "../../domain/errors.ts";

/** A method to run after another one, of the same definition. */
export interface FollowUpAction {
  readonly methodName: string;
  /** Milliseconds to wait before it runs, and before it is tried again. */
  readonly delayMs: number;
  /** How often it is tried again when it fails. */
  readonly maxRetries: number;
  /** Whether it runs at all: a CEL expression, or a function, of what was written before. */
  readonly continueCondition?: string | boolean | ((state: FollowUpState) => unknown);
}

/** What a condition can look at. */
export interface FollowUpState {
  /** The method that asked for the follow-up. */
  readonly methodName: string;
  /** Handles of the data that it reported. */
  readonly dataHandles: readonly unknown[];
  /** JSON data that it reported, by name. */
  readonly resources: Readonly<Record<string, unknown>>;
}

/** So many follow-ups may ask for each other. */
export const DEEPEST_FOLLOW_UP = 100;

/**
 * Reads the `followUpActions` of a method's result.
 *
 * @param known whether the type has a method.
 * @throws {UserError} `invalid_follow_up`, `follow_up_not_found`.
 */
export function readFollowUpActions(
  actions: readonly unknown[],
  methodName: string,
  known: (methodName: string) => boolean,
): FollowUpAction[] {
  return actions.map((given, index) => {
    const refuse = (reason: string) =>
      new UserError(
        "invalid_follow_up",
        `followUpActions[${index}] of method "${methodName}": ${reason}`,
      );
    if (typeof given !== "object" || given === null) throw refuse("expected a map");
    const { methodName: next, delayMs = 0, maxRetries = 0, continueCondition } = given as Partial<
      Record<keyof FollowUpAction, unknown>
    >;
    if (typeof next !== "string") throw refuse("methodName must be a string");
    if (!isAmount(delayMs)) throw refuse("delayMs must be a number, 0 or more");
    if (!isAmount(maxRetries) || !Number.isInteger(maxRetries)) {
      throw refuse("maxRetries must be an integer, 0 or more");
    }
    if (!isCondition(continueCondition)) {
      throw refuse("continueCondition must be a CEL expression or a function");
    }
    if (!known(next)) {
      throw new UserError("follow_up_not_found", `Follow-up method '${next}' not found`);
    }
    return {
      ...{ methodName: next, delayMs, maxRetries },
      ...(continueCondition === undefined ? {} : { continueCondition }),
    };
  });
}

/**
 * Whether a follow-up is to run.
 *
 * @param state gives what its condition can look at; asked for only where there is one.
 * @throws {UserError} `invalid_follow_up` when the condition has no value.
 */
export async function shouldContinue(
  { methodName, continueCondition }: FollowUpAction,
  state: () => Promise<FollowUpState>,
): Promise<boolean> {
  if (continueCondition === undefined) return true;
  if (typeof continueCondition === "boolean") return continueCondition;
  try {
    if (typeof continueCondition === "function") {
      return Boolean(await continueCondition(await state()));
    }
    return await evaluate(continueCondition, await state());
  } catch (error) {
    throw new UserError(
      "invalid_follow_up",
      `continueCondition of follow-up '${methodName}': ${messageOf(error)}`,
      { cause: error },
    );
  }
}

async function evaluate(source: string, state: FollowUpState): Promise<boolean> {
  const { createCelEnvironment } = await import("../../domain/expressions/cel_environment.ts");
  const environment = createCelEnvironment();
  for (const variable of Object.keys(state)) environment.registerVariable(variable, "dyn");
  const expression = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(source)?.[1] ?? source;
  const value: unknown = environment.evaluate(expression, { ...state });
  if (typeof value === "boolean") return value;
  throw new Error(`"${source}" is neither true nor false`);
}

function isAmount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function isCondition(value: unknown): value is FollowUpAction["continueCondition"] {
  return value === undefined || ["string", "boolean", "function"].includes(typeof value);
}
