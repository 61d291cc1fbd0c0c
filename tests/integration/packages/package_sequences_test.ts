import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { PackagesFixture, type Widget, widget } from "./packages_fixture.ts";

const NAMES = ["@acme/a", "@acme/a/b", "@acme/a/models"];
const PATHS = ["x.ts", "b/x.ts", "deep/er/y.ts"];

const models = fc.dictionary(fc.constantFrom(...PATHS), fc.constantFrom("1", "2"), { minKeys: 1 });
const installation = fc.record({
  name: fc.constantFrom(...NAMES),
  version: fc.constantFrom("2026.04.01.1", "2026.04.02.1"),
  models,
});
const step = fc.oneof(
  { weight: 3, arbitrary: installation },
  { weight: 1, arbitrary: fc.constantFrom(...NAMES) },
);

Deno.test("whatever is installed and removed in whatever order, each package has its files and no more", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      using fixture = new PackagesFixture();
      const expected = new Map<string, Widget>();
      for (const step of steps) {
        if (typeof step === "string") {
          const removed = await fixture.remove(step).then(() => true, () => false);
          equal(removed, expected.delete(step));
        } else {
          await fixture.install(widget(step));
          expected.set(step.name, step);
        }
      }
      const files = [...expected.values()].flatMap(({ name, models }) =>
        Object.keys(models!).map((path) => `.swamp/pulled-extensions/${name}/models/${path}`)
      );
      deepEqual(fixture.sourcePaths(), files.sort());
      const { packages, problems } = await fixture.installed();
      deepEqual(problems, []);
      deepEqual(
        packages.map(({ name, version }) => [name, version]),
        [...expected].map(([name, { version }]) => [name, version]).sort(),
      );
      deepEqual(fixture.refreshes.at(-1) ?? [], [...expected.keys()].sort());
    }),
    { numRuns: 40 },
  );
});
