import { methodOwner } from "../../domain/data/ownership.ts";
import type { ReportContent } from "../../domain/reports/report.ts";
import {
  isOfReport,
  REPORT_CONTENT_TYPES,
  REPORT_RETENTION,
  reportDataName,
  type ReportIdentity,
  reportJsonName,
  reportTags,
} from "../../domain/reports/report_data.ts";
import type { MethodRun } from "../runs/method_run.ts";
import { storeBytes } from "../runs/new_version.ts";

/**
 * Keeps what a report made of a run, as data of the run's model.
 *
 * @throws whatever keeps data from being written.
 */
export async function storeReport(
  run: MethodRun,
  identity: ReportIdentity,
  { markdown, json }: ReportContent,
): Promise<void> {
  const name = await dataNameFor(run, identity);
  // Who finds the Markdown can rely on the JSON being there.
  await store(run, identity, "json", reportJsonName(name), JSON.stringify(json));
  await store(run, identity, "markdown", name, markdown);
}

async function store(
  run: MethodRun,
  identity: ReportIdentity,
  form: keyof typeof REPORT_CONTENT_TYPES,
  name: string,
  text: string,
): Promise<void> {
  await storeBytes(run, name, new TextEncoder().encode(text), {
    id: crypto.randomUUID(),
    contentType: REPORT_CONTENT_TYPES[form],
    ...REPORT_RETENTION,
    streaming: false,
    tags: reportTags(identity, run.definition.name, run.tags),
    ownerDefinition: methodOwner(run.definition.id),
  });
}

/** The first name that no other data of the model have, for Markdown and JSON alike. */
async function dataNameFor(run: MethodRun, identity: ReportIdentity): Promise<string> {
  const isFree = async (name: string, contentType: string) => {
    const existing = await run.data.get(run.scope, name);
    return existing === undefined ||
      (isOfReport(existing.metadata.tags, identity) &&
        existing.metadata.contentType === contentType);
  };
  for (let turn = 1;; turn++) {
    const name = reportDataName(identity, turn);
    const bothAreFree = await isFree(name, REPORT_CONTENT_TYPES.markdown) &&
      await isFree(reportJsonName(name), REPORT_CONTENT_TYPES.json);
    if (bothAreFree) return name;
  }
}
