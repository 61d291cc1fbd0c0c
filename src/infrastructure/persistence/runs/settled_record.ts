import { INTERRUPTED, type RunRecord } from "../../../domain/models/run_record.ts";
import { processIsAlive } from "../process_alive.ts";

/**
 * The record with the state that it really has: nobody runs a method whose process is gone
 * (contract: IMP-61).
 */
export function settledRecord(record: RunRecord): RunRecord {
  const { pid, hostname, status } = record;
  const unfinished = status === "running" || status === "pending";
  if (!unfinished || pid === undefined || hostname !== Deno.hostname()) return record;
  if (processIsAlive(pid)) return record;
  return { ...record, status: "failed", error: { message: INTERRUPTED } };
}
