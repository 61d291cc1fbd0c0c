import { reportDataName } from "../../../src/domain/reports/report_data.ts";
import type { Repository } from "../swamp.ts";

/** A report as some other program, or a workflow, has stored it. */
export interface OtherReport {
  readonly name: string;
  readonly scope: "method" | "model" | "workflow";
  readonly modelType: string;
  readonly modelId: string;
  readonly version?: number;
  readonly markdown?: string;
  readonly json?: unknown;
  readonly varySuffix?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly createdAt?: string;
}

/** Puts a report on disk, both of its forms. */
export function storeReport(repository: Repository, report: OtherReport): void {
  const { name, scope, modelType, modelId, version = 1, varySuffix } = report;
  const base = reportDataName({ name, scope, ...(varySuffix === undefined ? {} : { varySuffix }) });
  const forms = [
    { name: base, type: "text/markdown", text: report.markdown ?? "# Report" },
    {
      name: `${base}-json`,
      type: "application/json",
      text: JSON.stringify(report.json ?? { from: name }),
    },
  ];
  for (const form of forms) {
    const folder = `.swamp/data/${modelType}/${modelId}/${form.name}`;
    repository.write(`${folder}/latest`, String(version));
    repository.write(`${folder}/${version}/raw`, form.text);
    const metadata = {
      ...{ id: crypto.randomUUID(), name: form.name, version, contentType: form.type },
      ...{ lifetime: "30d", garbageCollection: 5, streaming: false },
      tags: {
        ...{ type: "report", reportName: name, reportScope: scope },
        ...(varySuffix === undefined ? {} : { varySuffix }),
        ...report.tags,
      },
      ownerDefinition: { ownerType: "model-method", ownerRef: modelId },
      createdAt: report.createdAt ?? "2026-11-20T10:00:00.000Z",
      size: form.text.length,
    };
    repository.write(`${folder}/${version}/metadata.yaml`, JSON.stringify(metadata));
  }
}
