import { EXIT_CODES } from "../../../domain/errors.ts";
import {
  collectGarbage,
  type CollectGarbageDependencies,
  garbageDocument,
  planGarbageCollection,
} from "../../../libswamp/data/gc.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderGarbage, renderGarbagePreview } from "../../output/data/gc.ts";
import { confirm } from "../../stdin.ts";

/** `swamp data gc` (contract: cli-core 9.6). */
export const command: CommandSpec = {
  options: [
    { flags: "--dry-run", description: "Only tell what would go" },
    { flags: "-f, --force", description: "Do not ask" },
  ],
  repository: "required",
  examples: [
    { title: "See what would go", command: "swamp data gc --dry-run" },
    { title: "Clean up without being asked", command: "swamp data gc --force" },
  ],
  async run({ output, services }, options) {
    const dependencies: CollectGarbageDependencies = {
      data: await services.data(),
      definitions: await services.definitions(),
      locks: await services.locks(),
      openVaults: services.vaultService,
      situation: { now: Date.now(), workflowRun: await services.workflowRunStates() },
    };
    const plan = await planGarbageCollection(dependencies);
    if (options.dryRun === true) {
      output.result(await garbageDocument(dependencies, plan, true), renderGarbage);
      return EXIT_CODES.success;
    }
    if (plan.length > 0 && output.mode === "log" && options.force !== true) {
      const preview = renderGarbagePreview(await garbageDocument(dependencies, plan, true), output);
      if (!await confirm(`${preview}\n\nProceed with garbage collection?`)) {
        output.log("warning", "data·gc", "GC cancelled.");
        return EXIT_CODES.success;
      }
    }
    const document = await collectGarbage(dependencies, plan);
    if (document.versionsDeleted > 0) {
      using catalog = await services.dataCatalog();
      await catalog.forgetRemoved();
    }
    if (output.mode === "log") document.warnings?.forEach(({ message }) => output.warn(message));
    output.result(document, renderGarbage);
    return EXIT_CODES.success;
  },
};
