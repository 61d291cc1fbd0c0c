/**
 * Everything that must hold before a change is good, as a table.
 *
 * @module
 */

/** One thing to check. */
export interface CheckStep {
  /** What the step is called on the command line. */
  readonly name: string;
  readonly title: string;
  /** A `tests` step has results to count, a `check` either succeeds or not. */
  readonly kind: "check" | "tests";
  /** Arguments for deno. */
  readonly args: readonly string[];
}

/**
 * The steps, in order.
 *
 * @param frozen whether `deno.lock` must fit as it is.
 */
export function checkSteps(frozen: boolean): CheckStep[] {
  const lock = frozen ? ["--frozen"] : [];
  const check = (name: string, title: string, ...args: string[]): CheckStep => ({
    ...{ name, title, args },
    kind: "check",
  });
  // Types have been checked when the tests run.
  const tests = (name: string, title: string, folder: string): CheckStep => ({
    ...{ name, title },
    kind: "tests",
    args: ["test", "--allow-all", "--no-check", "--parallel", ...lock, folder],
  });
  return [
    check("fmt", "format", "fmt", "--check"),
    check("lint", "lint", "lint"),
    check("types", "types", "check", ...lock, "."),
    tests("links", "tests of the stand-ins", "links/"),
    tests("unit", "unit tests", "tests/unit/"),
    tests("integration", "integration tests", "tests/integration/"),
    check("build", "executable", "run", "--allow-all", ...lock, "tasks/compile.ts"),
    tests("uat", "acceptance tests", "tests/uat/"),
  ];
}
