import { deepEqual, equal } from "node:assert/strict";
import { CliRepository } from "./cli_repository.ts";

// deno-lint-ignore no-explicit-any -- what a command printed.
type Document = any;

/** Sources of the kinds whose types are no models, in their n-th edition. */
const PROVIDERS: Readonly<Record<string, (edition: number) => string>> = {
  vault: (edition) => provider("vault", "createProvider", edition),
  driver: (edition) => provider("driver", "createDriver", edition),
  datastore: (edition) => provider("datastore", "createProvider", edition),
  report: (edition) =>
    `export const report = { name: "@acme/safe", description: "Edition ${edition}", scope: "method",
      execute: () => ({ markdown: "", json: {} }) };`,
};

function provider(kind: string, factory: string, edition: number): string {
  return `export const ${kind} = { type: "@acme/safe", name: "Safe",
    description: "Edition ${edition}", ${factory}: () => ({}) };`;
}

Deno.test("types of every other kind are listed and described on every run [B1 B4 B5]", async (test) => {
  using repository = await CliRepository.create();
  const write = (edition: number) => {
    for (const [kind, source] of Object.entries(PROVIDERS)) {
      repository.write("safe.ts", source(edition), `${kind}s`);
    }
  };
  write(1);
  for (const [moment, edition] of [["cold", 1], ["warm", 1], ["after an edit", 2]] as const) {
    for (const kind of Object.keys(PROVIDERS)) {
      await test.step(`${kind}, ${moment}`, async () => {
        write(edition);
        const { results } = await repository.json([kind, "type", "search", "safe"]);
        deepEqual(results.map((one: Document) => one.description), [`Edition ${edition}`]);
        const describe = kind === "report" ? [kind, "describe"] : [kind, "type", "describe"];
        const { description } = await repository.json([...describe, "@acme/safe"]);
        equal(description, `Edition ${edition}`);
      });
    }
  }
});
