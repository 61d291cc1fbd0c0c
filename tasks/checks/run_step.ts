import { TextLineStream } from "../../src/infrastructure/extensions/text_line_stream.ts";
import type { CheckStep } from "./check_steps.ts";
import { isPassedTest, type TestTotals, testTotals } from "./test_output.ts";

/** How a step went. */
export interface StepResult {
  readonly step: CheckStep;
  readonly success: boolean;
  /** Tests of a `tests` step. A step that failed in any other way has one failure. */
  readonly totals: TestTotals;
  readonly milliseconds: number;
}

/** How to run a step. */
export interface RunStepOptions {
  /** Folder to run it in. */
  readonly cwd: string;
  /** Further arguments for deno, before the ones of the step. */
  readonly extraArgs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Whether the lines of tests that pass are printed too. */
  readonly verbose: boolean;
}

/** Runs a step and passes on what it prints. */
export async function runStep(step: CheckStep, options: RunStepOptions): Promise<StepResult> {
  const start = performance.now();
  const piped = step.kind === "tests";
  const child = new Deno.Command(Deno.execPath(), {
    args: [...step.args, ...options.extraArgs],
    cwd: options.cwd,
    env: { ...options.env, ...(piped ? { NO_COLOR: "1" } : {}) },
    stdin: "null",
    stdout: piped ? "piped" : "inherit",
  }).spawn();
  const reported = piped ? await passOn(child.stdout, options.verbose) : undefined;
  const { success } = await child.status;
  const milliseconds = performance.now() - start;
  if (step.kind === "check") {
    return { step, success, totals: { passed: 0, failed: success ? 0 : 1 }, milliseconds };
  }
  const totals = reported ?? { passed: 0, failed: 0 };
  if (success && totals.passed === 0) console.log("error: no test ran");
  const good = success && totals.passed > 0 && totals.failed === 0;
  const failed = good ? 0 : Math.max(totals.failed, 1);
  return { step, success: good, totals: { passed: totals.passed, failed }, milliseconds };
}

/** Prints the output of `deno test` as it comes, and gives the totals at its end. */
async function passOn(
  output: ReadableStream<Uint8Array<ArrayBuffer>>,
  verbose: boolean,
): Promise<TestTotals | undefined> {
  let totals: TestTotals | undefined;
  for await (const line of output.pipeThrough(new TextLineStream())) {
    totals = testTotals(line) ?? totals;
    if (verbose || !isPassedTest(line)) console.log(line);
  }
  return totals;
}
