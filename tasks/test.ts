/**
 * `deno task test`: runs all checks and tests. The last line is `N passed, N failed`, where a check
 * that fails counts as one failure.
 *
 * ```sh
 * deno task test                              # everything
 * deno task test unit uat                     # parts: fmt lint types links unit integration build uat
 * deno task test unit -- --filter "a name"    # what follows -- goes to deno test
 * deno task test --verbose                    # shows the tests that pass, too
 * deno task test --update-lock                # lets deno.lock change
 * ```
 *
 * `SWAMP_BIN` names the executable that the acceptance tests run; it is built if that is not set.
 *
 * @module
 */
import { fromFileUrl, join, resolve } from "@std/path";
import { type CheckStep, checkSteps } from "./checks/check_steps.ts";
import { runStep, type StepResult } from "./checks/run_step.ts";
import { endingPlainly } from "./terminal/failure.ts";
import { bold, dim, formatDuration, green, red } from "./terminal/style.ts";

const VERBOSE = "--verbose";
const UPDATE_LOCK = "--update-lock";
const CHECKOUT = fromFileUrl(new URL("../", import.meta.url));

/** What was asked for on the command line. */
interface Request {
  readonly steps: readonly CheckStep[];
  readonly testArgs: readonly string[];
  readonly verbose: boolean;
}

async function main(args: string[]): Promise<void> {
  const frozen = !args.includes(UPDATE_LOCK) && await isHermetic();
  const request = parse(args, checkSteps(frozen));
  const results: StepResult[] = [];
  for (const step of request.steps) {
    if (step.name === "uat" && results.some((result) => hasFailed(result, "build"))) continue;
    console.log(`\n${bold(step.title)} ${dim(`deno ${step.args.join(" ")}`)}`);
    const result = await runStep(step, {
      cwd: CHECKOUT,
      extraArgs: step.kind === "tests" ? request.testArgs : [],
      env: { SWAMP_BIN: swampBin() },
      verbose: request.verbose,
    });
    results.push(result);
    console.log(resultLine(result));
  }
  console.log(`\n${results.map(resultLine).join("\n")}\n${closingLine(results)}`);
  if (results.some((result) => !result.success)) Deno.exit(1);
}

/** With the stand-ins in place of published packages, `deno.lock` never needs to change. */
async function isHermetic(): Promise<boolean> {
  const config = JSON.parse(await Deno.readTextFile(join(CHECKOUT, "deno.json")));
  return "links" in config;
}

function parse(args: readonly string[], all: readonly CheckStep[]): Request {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const words = args.slice(0, end);
  const names = words.filter((word) => word !== VERBOSE && word !== UPDATE_LOCK);
  for (const name of names) {
    if (all.some((step) => step.name === name)) continue;
    throw new RangeError(
      `There is no part "${name}". Parts: ${all.map((step) => step.name).join(" ")}`,
    );
  }
  const steps = names.length === 0 ? all : all.filter((step) => isWanted(step, names));
  const built = Deno.env.has("SWAMP_BIN");
  return {
    steps: steps.filter((step) => !(built && step.name === "build")),
    testArgs: args.slice(end + 1),
    verbose: words.includes(VERBOSE),
  };
}

/** Acceptance tests need an executable. */
function isWanted(step: CheckStep, names: readonly string[]): boolean {
  return names.includes(step.name) || step.name === "build" && names.includes("uat");
}

function swampBin(): string {
  return resolve(Deno.env.get("SWAMP_BIN") ?? join(CHECKOUT, "dist/swamp"));
}

function hasFailed(result: StepResult, name: string): boolean {
  return result.step.name === name && !result.success;
}

function resultLine({ step, success, totals, milliseconds }: StepResult): string {
  const mark = success ? green("✓") : red("✗");
  const counts = step.kind === "tests" ? `${totals.passed} passed, ${totals.failed} failed` : "";
  const time = formatDuration(milliseconds);
  return `${mark} ${step.title.padEnd(24)}${counts.padEnd(24)}${dim(time)}`.trimEnd();
}

function closingLine(results: readonly StepResult[]): string {
  const sum = (of: (result: StepResult) => number) =>
    results.reduce((total, result) => total + of(result), 0);
  const passed = sum((result) => result.totals.passed);
  return `${passed} passed, ${sum((result) => result.totals.failed)} failed`;
}

if (import.meta.main) await endingPlainly(() => main(Deno.args));
