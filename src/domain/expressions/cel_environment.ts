import { Environment, type EnvironmentOptions } from "@marcbachmann/cel-js";

/**
 * The CEL that all of swamp speaks: what expressions in definitions, `data.query` and the command
 * `data query` have in common. Variables and functions are registered on top of it.
 *
 * @param options `homogeneousAggregateLiterals: false` where lists and maps may mix types (contract:
 * authoring 4.5).
 *
 * @example
 * ```ts
 * createCelEnvironment().registerVariable("size", "dyn").evaluate("size + 1", { size: 2 }); // 3
 * ```
 */
export function createCelEnvironment(options: EnvironmentOptions = {}): Environment {
  const environment = new Environment(options);
  registerMixedArithmetic(environment);
  return environment;
}

/** Numbers of YAML and JSON are doubles, and integers are what people write beside them. */
function registerMixedArithmetic(environment: Environment): void {
  const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "*": (a, b) => a * b,
    "/": (a, b) => a / b,
    "%": (a, b) => a % b,
  };
  for (const [operator, operate] of Object.entries(operations)) {
    const mixed = (a: number | bigint, b: number | bigint) => operate(Number(a), Number(b));
    environment.registerOperator(`double ${operator} int: double`, mixed);
    environment.registerOperator(`int ${operator} double: double`, mixed);
    if (operator === "%") environment.registerOperator("double % double: double", mixed);
  }
}
