/**
 * Reads what `deno test` prints.
 *
 * @module
 */

/** How many tests passed and failed. */
export interface TestTotals {
  readonly passed: number;
  readonly failed: number;
}

/**
 * The totals in a closing line of `deno test`, or `undefined` if the line is none.
 *
 * @example
 * ```ts
 * testTotals("FAILED | 7 passed (2 steps) | 1 failed | 3 ignored (1s)"); // { passed: 7, failed: 1 }
 * ```
 */
export function testTotals(line: string): TestTotals | undefined {
  const found = line.match(/^(?:ok|FAILED) \| (\d+) passed\b.* \| (\d+) failed\b/);
  return found === null ? undefined : { passed: Number(found[1]), failed: Number(found[2]) };
}

/** Whether a line only says that a test, or a step of one, passed. */
export function isPassedTest(line: string): boolean {
  return / \.\.\. ok (\(.*\) )?\([^()]+\)$/.test(line);
}
