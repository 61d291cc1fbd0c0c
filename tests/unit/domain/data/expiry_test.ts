import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import type { DataMetadata } from "../../../../src/domain/data/data.ts";
import {
  expiryReason,
  surplusVersions,
  type WorkflowRunState,
} from "../../../../src/domain/data/expiry.ts";

const NOW = Date.parse("2026-11-20T12:00:00.000Z");
const HOUR = 3_600_000;

/** Metadata of data that were written so many hours before {@linkcode NOW}. */
function writtenBefore(hours: number, more: Partial<DataMetadata> = {}): DataMetadata {
  return {
    ...{ id: "i", name: "n", version: 1, contentType: "text/plain", lifetime: "infinite" },
    ...{ garbageCollection: 5, streaming: false, tags: { type: "file" } },
    ownerDefinition: { ownerType: "model-method", ownerRef: "m" },
    createdAt: new Date(NOW - hours * HOUR).toISOString(),
    ...more,
  };
}

const reason = (metadata: DataMetadata, workflowRun: WorkflowRunState = "running") =>
  expiryReason(metadata, { now: NOW, workflowRun: () => workflowRun });

/** Data that tell which run of a workflow wrote them. */
const OF_A_RUN: Partial<DataMetadata> = {
  ownerDefinition: { ownerType: "workflow-step", ownerRef: "w", workflowRunId: "r" },
};

Deno.test("infinite data never come to their end", () => {
  equal(reason(writtenBefore(1_000_000)), undefined);
});

Deno.test("a duration counts from the latest version", () => {
  equal(reason(writtenBefore(25, { lifetime: "1d" })), "duration-expired");
  equal(reason(writtenBefore(23, { lifetime: "1d" })), undefined);
});

Deno.test("exactly at the end of its duration data are still there", () => {
  equal(reason(writtenBefore(24, { lifetime: "1d" })), undefined);
});

Deno.test("deleted data never come to their end: that they are gone must stay known", () => {
  equal(reason(writtenBefore(25, { lifetime: "1d", lifecycle: "deleted" })), undefined);
});

Deno.test("ephemeral data end with the run that wrote them", () => {
  const ephemeral = { lifetime: "ephemeral" };
  equal(reason(writtenBefore(0, ephemeral)), "ephemeral-ended");
  equal(reason(writtenBefore(0, { ...ephemeral, ...OF_A_RUN }), "running"), undefined);
  equal(reason(writtenBefore(0, { ...ephemeral, ...OF_A_RUN }), "ended"), "ephemeral-ended");
  equal(reason(writtenBefore(0, { ...ephemeral, ...OF_A_RUN }), "gone"), "ephemeral-ended");
});

for (const lifetime of ["workflow", "job"]) {
  Deno.test(`data with the lifetime ${lifetime} end when the run of their workflow is gone`, () => {
    const data = writtenBefore(0, { lifetime, ...OF_A_RUN });
    equal(reason(data, "running"), undefined);
    equal(reason(data, "ended"), undefined);
    equal(reason(data, "gone"), `${lifetime}-deleted`);
  });

  Deno.test(`data with the lifetime ${lifetime} that tell no run stay`, () => {
    equal(reason(writtenBefore(1_000_000, { lifetime }), "gone"), undefined);
  });
}

Deno.test("a run of a workflow may also be told by a tag", () => {
  const tags = { type: "file", workflowRunId: "r" };
  equal(reason(writtenBefore(0, { lifetime: "job", tags }), "gone"), "job-deleted");
});

/** Versions, each written so many hours ago, under one policy. */
const versions = (garbageCollection: number | string, ...hours: number[]) =>
  hours.map((age, index) => ({
    metadata: writtenBefore(age, { version: index + 1, garbageCollection }),
  }));

const surplus = (stored: ReturnType<typeof versions>) =>
  surplusVersions(stored, NOW).map(({ metadata }) => metadata.version);

Deno.test("of a number of versions the newest are kept", () => {
  deepEqual(surplus(versions(2, 4, 3, 2, 1)), [1, 2]);
  deepEqual(surplus(versions(4, 4, 3, 2, 1)), []);
});

Deno.test("with a duration younger versions are kept, and always the latest", () => {
  deepEqual(surplus(versions("3h", 5, 4, 2, 1)), [1, 2]);
  deepEqual(surplus(versions("1h", 5, 4)), [1]);
});

Deno.test("the policy is that of the latest version", () => {
  const [old] = versions(1, 5);
  const [, latest] = versions(10, 5, 4);
  deepEqual(surplus([old!, latest!]), []);
});

Deno.test("a policy that makes no sense keeps everything", () => {
  for (const policy of [0, -1, 1.5, NaN, "0d", "often"]) {
    deepEqual(surplus(versions(policy, 5, 4)), [], String(policy));
  }
});

Deno.test("whatever the policy, the latest version is never surplus", () => {
  const policy = fc.oneof(fc.integer(), fc.constantFrom("1m", "1h", "1d", "1y"));
  const ages = fc.array(fc.nat(10_000), { maxLength: 8 });
  fc.assert(fc.property(policy, ages, (kept, hours) => {
    const stored = versions(kept, ...hours);
    equal(surplus(stored).includes(stored.length), false);
  }));
});
