import { deepEqual, equal } from "node:assert/strict";
import { NOWHERE, succeeds } from "../outcomes.ts";

Deno.test("built-in reports are described, with labels, even outside a repository", async () => {
  for (const scope of ["method", "workflow"]) {
    const { description, ...rest } = await succeeds(NOWHERE, [
      ...["report", "describe", `@swamp/${scope}-summary`],
    ]);
    deepEqual(rest, { name: `@swamp/${scope}-summary`, scope, labels: ["summary"] });
    equal(typeof description, "string");
  }
});

Deno.test("report type describe tells the same, in the form of other kinds", async () => {
  const name = "@swamp/method-summary";
  const described = await succeeds(NOWHERE, ["report", "describe", name]);
  deepEqual(await succeeds(NOWHERE, ["report", "type", "describe", name]), {
    type: name,
    ...described,
  });
  const texts = [["report", "describe", name], ["report", "type", "describe", name]]
    .map(async (args) => (await NOWHERE.run(args)).stdout);
  const [short, long] = await Promise.all(texts);
  equal(long, short);
});

Deno.test("built-in reports are listed first", async () => {
  const { results } = await succeeds(NOWHERE, ["report", "type", "search"]);
  deepEqual(results.map(({ name }: { name: string }) => name), [
    "@swamp/method-summary",
    "@swamp/workflow-summary",
  ]);
});
