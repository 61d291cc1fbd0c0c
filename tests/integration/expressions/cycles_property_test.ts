import { equal } from "node:assert/strict";
import fc from "fast-check";
import { expressionCheck } from "./expression_check.ts";
import { withExpressions } from "./expression_lab.ts";

const NAMES = ["a", "b", "c", "d"];

/** A reference to a model: where it stands, and what it reads. */
const reference = fc.record({
  at: fc.constantFrom("x", "y", "tag", "method"),
  to: fc.constantFrom(...NAMES),
  part: fc.constantFrom(
    "input.globalArguments.x",
    "definition.globalArguments.y",
    "input.tags.t",
    "definition.name",
  ),
});

type Reference = typeof reference extends fc.Arbitrary<infer R> ? R : never;

function yamlOf(references: readonly Reference[]): string {
  const at = (place: Reference["at"]) =>
    JSON.stringify(
      references.filter((one) => one.at === place)
        .map(({ to, part }) => `\${{ model.${to}.${part} }}`)
        .join(" "),
    );
  return `tags: { t: ${at("tag")} }\n` +
    `globalArguments: { x: ${at("x")}, y: ${at("y")} }\n` +
    `methods: { go: { arguments: { z: ${at("method")} } } }\n`;
}

Deno.test("validation finds a cycle exactly where the evaluation runs into one", () =>
  fc.assert(
    fc.asyncProperty(
      fc.tuple(...NAMES.map(() => fc.array(reference, { maxLength: 2 }))),
      (models) =>
        withExpressions(async (lab) => {
          for (const [index, references] of models.entries()) {
            await lab.define(NAMES[index]!, yamlOf(references));
          }
          for (const name of NAMES) {
            const found = /Cyclic dependency/.test(await expressionCheck(lab, name) ?? "");
            const met = await lab.evaluate(name).then(
              () => false,
              ({ code }) => code === "cyclic_expression",
            );
            equal(found, met, `${name}: ${JSON.stringify(models)}`);
          }
        }),
    ),
    { numRuns: 60 },
  ));
