import { deepEqual } from "node:assert/strict";
import {
  type BatchHealth,
  type HealthReport,
  repairSteps,
  type SourceCondition,
  type SourceHealth,
} from "../../../../src/domain/extensions/extension_health.ts";

const SOUND: HealthReport = {
  repository: "r",
  catalog: { path: "c.db", state: "ok", error: "", stale: "", bytes: 1, isBuilding: false },
  sources: [],
  pending: [],
  problems: [],
  batches: [],
  leftovers: [],
  missingSources: [],
};

function source(condition: SourceCondition): SourceHealth {
  return {
    source: `${condition}.ts`,
    kind: "model",
    origin: "",
    condition,
    error: "",
    transient: false,
    hash: "",
    bundlePath: "",
    types: [],
  };
}

function batch(path: string, more: Partial<BatchHealth>): BatchHealth {
  const place = { path, absolutePath: `/r/${path}`, bundleFolder: "bundles" };
  return { ...place, isUsed: true, files: 1, bytes: 5, damage: [], keptBecause: "", ...more };
}

function stepsFor(found: Partial<HealthReport>): string[] {
  return repairSteps({ ...SOUND, ...found }).map(({ action, path, reason }) =>
    `${action} ${path}: ${reason}`
  );
}

Deno.test("a repository in order needs no repair", () => {
  deepEqual(stepsFor({ sources: [source("ok"), source("helper"), source("shadowed")] }), []);
});

Deno.test("broken sources are built again", () => {
  deepEqual(stepsFor({ sources: [source("unbuildable"), source("invalid")] }), [
    "retry unbuildable.ts: broken source",
    "retry invalid.ts: broken source",
  ]);
});

Deno.test("damaged bundles are rebuilt by their folder, not by their sources", () => {
  const damage = [{ file: "a.js", problem: "is missing" }];
  deepEqual(stepsFor({ sources: [source("damaged")], batches: [batch("b", { damage })] }), [
    "rebuild b: damaged bundles",
  ]);
});

Deno.test("unused bundles go unless something keeps them, or it is unknown whether they are used", () => {
  const { isUsed: _, ...unknown } = batch("unknown", {});
  const batches = [
    batch("free", { isUsed: false }),
    batch("kept", { isUsed: false, keptBecause: "in use by a running process" }),
    unknown,
  ];
  deepEqual(repairSteps({ ...SOUND, batches }), [
    { action: "remove", path: "free", reason: "unused bundles", bytes: 5 },
  ]);
});

Deno.test("a catalog that cannot be used, and what it misses, is indexed", () => {
  const pending = (["new", "changed", "gone"] as const)
    .map((change) => ({ source: `${change}.ts`, change, cause: "", isHidden: false }));
  const catalog = { ...SOUND.catalog, state: "damaged" as const };
  deepEqual(stepsFor({ catalog, pending }), [
    "index c.db: damaged catalog",
    "index new.ts: new source",
    "index changed.ts: changed source",
    "index gone.ts: source is gone",
  ]);
});
