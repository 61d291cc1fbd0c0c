import { UserError } from "../../domain/errors.ts";
import { interruptibleVaults } from "../../domain/vaults/interruptible_vaults.ts";
import { requireKnownReports } from "../reports/known_reports.ts";
import { methodReportWishes } from "../reports/report_types.ts";
import { performRun } from "./perform_run.ts";
import type { RunDocument } from "./run_document.ts";
import { prepareRun, resolveTarget } from "./run_preparation.ts";
import type { RunMethodDependencies, RunMethodRequest } from "./run_request.ts";

/**
 * Runs a method of a model: checks everything that can be checked, calls the method's code under the
 * model's lock, stores what it writes, and records how it went (contract: cli-core 7.2, authoring 7.1).
 *
 * @throws {UserError} which for a run that began before it failed has the fields of the result:
 * `outputId`, `logFile`, `status`, `dataArtifacts`, `reports`, `warnings`.
 */
export async function runMethod(
  dependencies: RunMethodDependencies,
  request: RunMethodRequest,
): Promise<RunDocument> {
  const { definitions, locks } = dependencies;
  const { definition: { type, id } } = await definitions.find(request.model);
  const target = await resolveTarget(dependencies, type, request.method);
  await using _lock = await locks.model({ type, modelId: id });
  // Somebody may have changed the definition while this run waited for the lock.
  const stored = await definitions.find(request.model);
  if (stored.definition.id !== id || stored.definition.type !== type) {
    throw new UserError(
      "model_changed",
      `Model "${request.model}" was replaced by another one while the run waited. Run it again.`,
    );
  }
  const wishes = methodReportWishes(target.type, stored.definition, request.method);
  await requireKnownReports(dependencies.reportTypes, wishes, request.reports);
  const prepared = await prepareRun(dependencies, request, stored, target);
  return await performRun(interruptible(dependencies), request, prepared);
}

/** The same for a run that can be cancelled while a vault does not answer. */
function interruptible(dependencies: RunMethodDependencies): RunMethodDependencies {
  const { openVaults, signal } = dependencies;
  return {
    ...dependencies,
    openVaults: async () => interruptibleVaults(await openVaults(), signal()),
  };
}
