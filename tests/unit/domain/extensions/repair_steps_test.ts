import { deepEqual } from "node:assert/strict";
import type {
  BatchHealth,
  HealthReport,
  SourceCondition,
  SourceHealth,
} from "../../../../src/domain/extensions/extension_health.ts";
import type { PackageHealth } from "../../../../src/domain/extensions/package_health.ts";
import { repairSteps } from "../../../../src/domain/extensions/repair_steps.ts";

const SOUND: HealthReport = {
  catalog: { path: "c.db", state: "ok", error: "", stale: "", bytes: 1, isBuilding: false },
  sources: [],
  packages: {
    lockFile: "lock.json",
    problem: "",
    isInterrupted: false,
    packages: [],
    verified: 0,
  },
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
    owner: { origin: "local", name: "@local/r", version: "0.0.0" },
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

function packageHealth(more: Partial<PackageHealth>): PackageHealth {
  return {
    name: "@acme/p",
    version: "2026.01.01.1",
    condition: "ok",
    problem: "",
    missing: [],
    edited: [],
    surplus: [],
    repairable: false,
    ...more,
  };
}

Deno.test("what takes a network is left to the user, what does not is done", () => {
  const packages = [
    packageHealth({}),
    packageHealth({ name: "@acme/gone", condition: "missing", problem: "install it" }),
    packageHealth({ name: "@acme/old", condition: "unlisted", problem: "x", repairable: true }),
    packageHealth({ name: "@acme/mine", condition: "unlisted", problem: "pull it" }),
  ];
  deepEqual(stepsFor({ packages: { ...SOUND.packages, packages, isInterrupted: true } }), [
    "undo lock.json: interrupted change of packages",
    "remove .swamp/pulled-extensions/@acme/old: package that is not listed",
    "manual @acme/gone: install it",
    "manual @acme/mine: pull it",
  ]);
  deepEqual(stepsFor({ packages: { ...SOUND.packages, problem: "no JSON" } }), [
    "manual lock.json: no JSON",
  ]);
});

Deno.test("a source whose package has lost its bundle is built from its text", () => {
  const owner = { origin: "pulled", name: "@acme/p", version: "2026.01.01.1" } as const;
  deepEqual(stepsFor({ sources: [{ ...source("damaged"), owner }] }), [
    "rebuild damaged.ts: its shipped bundle is gone",
  ]);
});
