import { deepEqual } from "node:assert/strict";
import { parseExpression } from "../../../../src/domain/expressions/cel.ts";
import { isAskedFor } from "../../../../src/domain/expressions/references.ts";

/** The paths of an expression as text, those in `has(…)` with a question mark. */
const paths = (source: string) =>
  parseExpression(source).references.paths.map(({ root, steps, guarded }) =>
    [
      root,
      ...steps.map((step) => "key" in step ? step.key : "index" in step ? step.index : "*"),
    ].join("/") + (guarded ? "?" : "")
  );

Deno.test("paths are followed through names and literal indexes", () => {
  deepEqual(paths('model["a b"].resource.st[0].id + self.name'), [
    "model/a b/resource/st/0/id",
    "self/name",
  ]);
});

Deno.test("computed steps are marked, and what computes them is a path of its own", () => {
  deepEqual(paths("inputs.list[self.version].x"), ["self/version", "inputs/list/*/x"]);
});

Deno.test("variables of macros are no references", () => {
  deepEqual(paths("inputs.list.map(self, self.x + env.A)"), ["inputs/list", "env/A"]);
  deepEqual(paths("inputs.list.filter(i, i > 1).all(j, j == inputs.n)"), [
    "inputs/list",
    "inputs/n",
  ]);
  deepEqual(paths("cel.bind(v, inputs.a, v + v)"), ["inputs/a"]);
});

Deno.test("what is only asked for is marked", () => {
  deepEqual(paths("has(inputs.x) ? inputs.y : env.Z"), ["inputs/x?", "inputs/y", "env/Z"]);
  deepEqual(paths("'x' in inputs.map"), ["inputs/map/x?", "inputs/map"]);
  const { references } = parseExpression("has(inputs.x) ? inputs.x.deep : inputs.y");
  deepEqual(references.paths.map((path) => isAskedFor(path, references)), [true, true, false]);
});

Deno.test("calls of functions are found with their literal arguments", () => {
  const { calls, roots } =
    parseExpression("data.latest('m', inputs.n).x + vault.get(v, k)").references;
  deepEqual(calls.map(({ root, name, arguments: given }) => [root, name, given]), [
    ["data", "latest", ["m", undefined]],
    ["vault", "get", ["v", "k"]],
  ]);
  deepEqual([...roots].sort(), ["data", "inputs", "vault"]);
});
