/**
 * The methods that follow the method of a run because that one, or one of them, asked for it (contract:
 * authoring 2.2).
 *
 * @module
 */
import { messageOf, UserError } from "../../domain/errors.ts";
import { methodKind } from "../../domain/models/method_kind.ts";
import {
  DEEPEST_FOLLOW_UP,
  type FollowUpAction,
  type FollowUpState,
  readFollowUpActions,
  shouldContinue,
} from "./follow_up_actions.ts";
import { cancelled } from "./guarded_execution.ts";
import type { MethodEnd } from "./method_execution.ts";
import type { MethodRun } from "./method_run.ts";
import { runStage, type StageFrame } from "./method_stage.ts";
import { artifactDocuments } from "./run_document.ts";
import type { RunValues } from "./run_values.ts";
import { type Written, WrittenData } from "./written_data.ts";

/** How far a run is; filled while it goes on. */
export interface RunProgress {
  /** The method and those that followed it, every attempt on its own. */
  readonly stages: MethodRun[];
  retryCount: number;
}

/** What following methods need beside what every method needs. */
export interface FollowUpFrame extends StageFrame {
  readonly progress: RunProgress;
  /** The values for a method that is called without inputs. */
  readonly valuesFor: (methodName: string) => Promise<RunValues>;
}

/**
 * Runs what a method wants to have run next, and what that wants.
 *
 * @param depth so many follow-ups have led to this one.
 * @returns the data that they report, or wrote before they were tried again.
 * @throws {UserError} `follow_up_not_found`, `follow_up_failed`, `invalid_follow_up`,
 * `too_many_follow_ups`, `cancelled`.
 */
export async function runFollowUps(
  frame: FollowUpFrame,
  run: MethodRun,
  { reported, followUpActions }: MethodEnd,
  depth = 0,
): Promise<readonly Written[]> {
  const actions = readFollowUpActions(
    followUpActions,
    run.methodName,
    (name) => Object.hasOwn(run.type.methods, name),
  );
  const written: Written[] = [];
  const state = () => followUpState(run, reported);
  for (const action of actions) {
    if (!await shouldContinue(action, state)) continue;
    if (depth >= DEEPEST_FOLLOW_UP) throw tooDeep(action);
    const { stage, end } = await runWithRetries(frame, run, action, written);
    written.push(...end.reported, ...await runFollowUps(frame, stage, end, depth + 1));
  }
  return written;
}

/**
 * Runs one follow-up, as often as it takes and is allowed.
 *
 * @param written gets the data of attempts that failed.
 */
async function runWithRetries(
  frame: FollowUpFrame,
  run: MethodRun,
  { methodName, delayMs, maxRetries }: FollowUpAction,
  written: Written[],
): Promise<{ readonly stage: MethodRun; readonly end: MethodEnd }> {
  for (let retries = 0;; retries++) {
    await pause(delayMs, run.signal);
    const values = await frame.valuesFor(methodName);
    const stage = followingRun(run, methodName, values);
    frame.progress.stages.push(stage);
    try {
      return { stage, end: await runStage(frame, stage, values) };
    } catch (error) {
      if (run.signal.aborted) throw error;
      await stage.written.close(false);
      if (retries === maxRetries) throw gaveUp(methodName, retries, error);
      written.push(...stage.written.all);
      frame.progress.retryCount++;
      const what = `Follow-up action '${methodName}' failed and is tried again`;
      run.log.add("warning", `${what}: ${messageOf(error)}`);
    }
  }
}

/** The run of another method of the same definition. */
function followingRun(run: MethodRun, methodName: string, { tokens }: RunValues): MethodRun {
  const method = run.type.methods[methodName]!;
  return {
    ...run,
    ...{ methodName, method, tokens },
    kind: methodKind(methodName, method.kind),
    written: new WrittenData(),
  };
}

async function followUpState(
  { data, methodName }: MethodRun,
  reported: readonly Written[],
): Promise<FollowUpState> {
  const documents = await artifactDocuments(data, reported);
  return {
    methodName,
    dataHandles: reported.map(({ handle }) => handle),
    resources: Object.fromEntries(
      documents.flatMap(({ name, attributes }) =>
        attributes === undefined ? [] : [[name, attributes]]
      ),
    ),
  };
}

/** @throws {UserError} `cancelled` when the run is cancelled meanwhile. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw cancelled(signal);
  if (milliseconds === 0) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onAbort = () => reject(cancelled(signal));
  const timer = setTimeout(resolve, milliseconds);
  signal.addEventListener("abort", onAbort);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

function gaveUp(methodName: string, retries: number, error: unknown): UserError {
  return new UserError(
    "follow_up_failed",
    `Follow-up action '${methodName}' failed after ${retries} retries: ${messageOf(error)}`,
    { cause: error },
  );
}

function tooDeep({ methodName }: FollowUpAction): UserError {
  return new UserError(
    "too_many_follow_ups",
    `Follow-up action '${methodName}' is not run: ${DEEPEST_FOLLOW_UP} follow-ups have run one ` +
      "after the other. Give them a continueCondition that ends at some time.",
  );
}
