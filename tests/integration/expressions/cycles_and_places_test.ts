/**
 * What `model validate` says about cycles, and where it says that mistakes are (contract: authoring
 * 4.4, 4.8).
 *
 * @module
 */
import { equal, match, ok, rejects } from "node:assert/strict";
import { expressionCheck } from "./expression_check.ts";
import { type ExpressionLab, withExpressions } from "./expression_lab.ts";

const REGION = (model: string) => `\${{ model.${model}.input.globalArguments.region }}`;

/** Defines models that each take their region from the next one. */
async function ring(lab: ExpressionLab, ...names: string[]): Promise<void> {
  for (const [index, name] of names.entries()) {
    const next = names[(index + 1) % names.length]!;
    await lab.define(name, `globalArguments:\n  region: ${REGION(next)}\n`);
  }
}

Deno.test("a cycle is named with its way and its place, as the evaluation names it", () =>
  withExpressions(async (lab) => {
    await ring(lab, "a", "b", "c");
    const [expression, cycle, place, ...others] = (await expressionCheck(lab, "b"))!.split("\n");
    equal(expression, `  - ${REGION("c")}`);
    equal(cycle, "    Cyclic dependency detected: b -> c -> a -> b");
    match(place!, /^ {4}at models\/@acme\/bag\/.*\.yaml:5:15$/);
    equal(others.length, 0);
    await rejects(lab.evaluate("b"), { message: cycle.trim() });
  }));

Deno.test("a cycle that a model only leads into is named, too", () =>
  withExpressions(async (lab) => {
    await ring(lab, "a", "b");
    await lab.define("c", `globalArguments:\n  region: ${REGION("a")}\n`);
    await lab.define("d", `methods:\n  go:\n    arguments: { x: "${REGION("b")}" }\n`);
    match((await expressionCheck(lab, "c"))!, /Cyclic dependency detected: a -> b -> a/);
    match((await expressionCheck(lab, "d"))!, /Cyclic dependency detected: b -> a -> b/);
  }));

Deno.test("a cycle that several expressions lead into is told once", () =>
  withExpressions(async (lab) => {
    await lab.define("a", `globalArguments:\n  region: ${REGION("b")}\n  x: ${REGION("b")}\n`);
    await lab.define("b", `globalArguments:\n  region: ${REGION("a")}\n`);
    const error = await expressionCheck(lab, "a");
    equal(error?.match(/Cyclic dependency/g)?.length, 1, error);
  }));

Deno.test("a cycle among the arguments of one model is named", () =>
  withExpressions(async (lab) => {
    await lab.define(
      "a",
      "globalArguments:\n" +
        "  x: ${{ self.globalArguments.y }}\n" +
        "  y: ${{ model.a.input.globalArguments.x }}\n",
    );
    equal(
      await expressionCheck(lab, "a"),
      "  - globalArguments\n" +
        '    Cyclic dependency detected in "a": globalArguments.x -> globalArguments.y -> ' +
        "globalArguments.x",
    );
  }));

Deno.test("references in a circle that no evaluation follows are no cycle", () =>
  withExpressions(async (lab) => {
    const argument = (model: string) => `x: "${REGION(model)}"`;
    await lab.define("a", `methods:\n  go:\n    arguments: { ${argument("b")} }\n`);
    await lab.define("b", `methods:\n  go:\n    arguments: { ${argument("a")} }\n`);
    await lab.define("c", "globalArguments:\n  region: ${{ model.d.definition.name }}\n");
    await lab.define("d", "globalArguments:\n  region: ${{ model.c.definition.name }}\n");
    const diamond = `globalArguments:\n  x: ${REGION("f")}\n  region: ${REGION("g")}\n`;
    await lab.define("e", diamond);
    await lab.define("f", `globalArguments:\n  region: ${REGION("h")}\n`);
    await lab.define("g", `globalArguments:\n  region: ${REGION("h")}\n`);
    await lab.define("h", "globalArguments:\n  region: ${{ 'eu' }}\n");
    for (const name of ["a", "b", "c", "d", "e"]) {
      equal(await expressionCheck(lab, name), undefined, name);
    }
  }));

/** Each mistake, and the column of line 5 at which it is. */
const MISTAKES: readonly (readonly [string, number])[] = [
  ["x: ${{ 1 + model.nosuch.input.name }}", 14],
  ["x: a ${{ 1 }} ${{ self.nmae }}", 21],
  ["x: { y: [1, '${{ bogus }}'] }", 20],
  ["x: [a, '{{ self.name }}']", 11],
];

for (const [yaml, column] of MISTAKES) {
  Deno.test(`the mistake in ${yaml} is found in the file`, () =>
    withExpressions(async (lab) => {
      await lab.define("a", `globalArguments:\n  ${yaml}\n`);
      const lines = (await expressionCheck(lab, "a"))!.split("\n");
      match(lines.at(-1)!, new RegExp(`^    at models/@acme/bag/.*\\.yaml:5:${column}$`));
    }));
}

Deno.test("a model whose file is damaged is not merely called missing", () =>
  withExpressions(async (lab) => {
    await lab.define("src", "globalArguments: [\n");
    await lab.define("a", `globalArguments:\n  region: ${REGION("src")}\n`);
    const said = /Referenced model "src" not found \(models\/.*\.yaml could not be read: .+\)/;
    match((await expressionCheck(lab, "a"))!, said);
    const { unresolved } = await lab.evaluate("a");
    match(unresolved![0]!.reason, said);
    ok(!/Did you mean/.test(unresolved![0]!.reason));
  }));
