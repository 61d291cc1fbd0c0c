import { deepEqual, equal } from "node:assert/strict";
import { z } from "zod";
import type { MethodContext } from "../../../src/domain/models/method_context.ts";
import { addVault, memoryVault } from "../vaults/memory_vault.ts";
import { type Lab, withModel } from "../runs/method_runs.ts";
import { type Execute, installedReports } from "./installed_reports.ts";

const KEPT = { lifetime: "7d", garbageCollection: 2 };
const SECRET = z.object({ token: z.string().meta({ sensitive: true }) });

/** Runs `test` with a model whose runs are followed by a report that does what it is told. */
function withReport(report: Execute, test: (lab: Lab) => Promise<void>): Promise<void> {
  const execute = async (_args: unknown, context: MethodContext) => {
    context.redactor.addSecret("hunter2");
    await context.writeResource("state", "main", { token: "t0ken" });
    return {};
  };
  return withModel(
    {
      reports: ["@acme/writer"],
      resources: { state: { ...KEPT, schema: SECRET } },
      methods: { run: { description: "", arguments: z.object({}), execute } },
    },
    async (lab) => {
      await addVault(lab.layout, "main");
      await test(lab);
    },
    {},
    () =>
      Promise.resolve(installedReports([{
        name: "@acme/writer",
        execute: async (context) => {
          await report(context);
          return { markdown: "", json: {} };
        },
      }])),
  );
}

Deno.test("what a report stores is kept without the secrets of the run", () =>
  withReport(
    ({ dataRepository, modelType, modelId }) =>
      dataRepository.save(
        modelType,
        modelId,
        { name: "note", contentType: "text/plain" },
        new TextEncoder().encode("is hunter2"),
      ),
    async (lab) => {
      const { warnings = [] } = await lab.run("run");
      equal(await lab.text("note"), "is ***");
      deepEqual(warnings.map(({ code }) => code), ["secret_redacted"]);
    },
  ));

Deno.test("with data that a report deletes their secrets go", () =>
  withReport(
    ({ dataRepository, modelType, modelId }) => dataRepository.delete(modelType, modelId, "main"),
    async (lab) => {
      await lab.run("run");
      equal(await lab.text("main"), undefined);
      equal(memoryVault(lab.layout, "main").secrets.size, 0);
    },
  ));
