import type { DamagedFile } from "../../../src/domain/repository/damage.ts";
import type { RunHistory } from "../../../src/domain/models/run_history.ts";
import type { RunRecord, RunStore } from "../../../src/domain/models/run_record.ts";
import { createRunHistory } from "../../../src/infrastructure/persistence/runs/run_history.ts";
import { createRunStore } from "../../../src/infrastructure/persistence/yaml_run_store.ts";
import { MODEL_ID, type Shelf, withShelf } from "../data/stored_data.ts";

/** A repository with data and run records of `t1`. */
export interface Records extends Shelf {
  readonly runs: RunStore;
  readonly history: RunHistory;
  /** What the history told of. */
  readonly damaged: DamagedFile[];
  /** Keeps the record of a run of `t1` that started so many minutes after noon. */
  record(
    minute: number,
    more?: Partial<RunRecord> & { readonly type?: string },
  ): Promise<RunRecord>;
}

/** Runs `test` in a repository with one definition, no data and no records. */
export async function withRecords(test: (records: Records) => Promise<void>): Promise<void> {
  await withShelf(async (shelf) => {
    const runs = createRunStore(shelf.layout);
    const damaged: DamagedFile[] = [];
    const history = createRunHistory(shelf.layout, (file) => damaged.push(file));
    const record: Records["record"] = async (minute, { type = "@acme/thing", ...more } = {}) => {
      const made = { ...recordAt(minute), ...more };
      await runs.save(type, made);
      return made;
    };
    await test({ ...shelf, runs, history, damaged, record });
  });
}

/** The record of a run that started so many minutes after noon and took 50 milliseconds. */
export function recordAt(minute: number): RunRecord {
  const startedAt = new Date(Date.parse("2026-11-20T12:00:00.000Z") + minute * 60_000);
  return {
    ...{ id: crypto.randomUUID(), definitionId: MODEL_ID, methodName: "sync", status: "succeeded" },
    startedAt: startedAt.toISOString(),
    ...{ completedAt: new Date(startedAt.getTime() + 50).toISOString(), durationMs: 50 },
    retryCount: 0,
    provenance: {
      ...{ definitionHash: "ab".repeat(32), modelVersion: "2026.01.02.1", triggeredBy: "manual" },
    },
    artifacts: { dataArtifacts: [] },
  };
}

/** What a run wrote. */
export function artifact(name: string, version = 1, type = "resource") {
  return { dataId: crypto.randomUUID(), name, version, tags: { type, modelName: "t1" } };
}
