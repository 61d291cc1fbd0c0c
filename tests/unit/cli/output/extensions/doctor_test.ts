import { equal, match, ok } from "node:assert/strict";
import { renderDoctor } from "../../../../../src/cli/output/extensions/doctor.ts";
import { styleFor } from "../../../../../src/cli/output/style.ts";
import type {
  CatalogHealth,
  HealthReport,
  PendingChange,
  SourceHealth,
} from "../../../../../src/domain/extensions/extension_health.ts";
import type {
  PackageHealth,
  PackagesHealth,
} from "../../../../../src/domain/extensions/package_health.ts";
import {
  type DoctorDocument,
  doctorDocument,
} from "../../../../../src/libswamp/extensions/doctor_document.ts";

const CATALOG: CatalogHealth = {
  path: ".swamp/c.db",
  state: "ok",
  error: "",
  stale: "",
  layout: "1",
  bytes: 2048,
  isBuilding: false,
};

const SOURCE: SourceHealth = {
  source: "a.ts",
  kind: "model",
  owner: { origin: "local", name: "@local/r", version: "0.0.0" },
  condition: "ok",
  error: "",
  transient: false,
  hash: "",
  bundlePath: ".swamp/bundles/b/m/a.js",
  types: [{ kind: "model", type: "@acme/a", holds: true }],
};

const BROKEN: SourceHealth = {
  ...SOURCE,
  source: "bad.ts",
  condition: "unbuildable",
  error: "no such thing",
  types: [],
};

const NO_PACKAGES: PackagesHealth = {
  lockFile: "lock.json",
  problem: "",
  isInterrupted: false,
  packages: [],
  verified: 0,
};

const PACKAGE: PackageHealth = {
  name: "@acme/p",
  version: "2026.01.01.1",
  condition: "ok",
  problem: "",
  missing: [],
  edited: [],
  surplus: [],
  repairable: false,
};

function documentOf(found: Partial<HealthReport>): DoctorDocument {
  return doctorDocument({
    catalog: CATALOG,
    sources: [],
    packages: NO_PACKAGES,
    pending: [],
    problems: [],
    batches: [],
    leftovers: [],
    missingSources: [],
    ...found,
  });
}

function pageOf(found: Partial<HealthReport>, verbose = false): string {
  return renderDoctor(documentOf(found), verbose, { style: styleFor(false), width: undefined });
}

function pending(source: string, more: Partial<PendingChange> = {}): PendingChange {
  return { source, change: "new", cause: "", isHidden: false, ...more };
}

Deno.test("a repository without sources is one line", () => {
  equal(
    pageOf({ catalog: { ...CATALOG, state: "missing" } }),
    "✓ There are no extension sources.",
  );
});

for (
  const [state, says] of [
    ["missing", /^✓ Not indexed yet: 1 file in extension folders\./],
    ["damaged", /^✗ The catalog \.swamp\/c\.db cannot be read: odd bytes\./],
    ["outdated", /^✓ Another version of swamp made the catalog\./],
    ["writing", /^✓ The catalog is being written, or its writer was killed\./],
  ] as const
) {
  Deno.test(`a catalog that is ${state} is told instead of a list of new sources`, () => {
    const catalog = { ...CATALOG, state, error: state === "damaged" ? "odd bytes" : "" };
    match(pageOf({ catalog, pending: [pending("a.ts")] }), says);
  });
}

Deno.test("what to do next depends on why a source is broken", () => {
  match(pageOf({ sources: [BROKEN] }), /no such thing\n {6}→ Correct it: the next command/);
  match(pageOf({ sources: [{ ...BROKEN, transient: true }] }), /→ The cause lies outside: /);
  const changed = [pending("bad.ts", { change: "changed", cause: "bad.ts" })];
  match(pageOf({ sources: [BROKEN], pending: changed }), /→ It has changed since: /);
});

Deno.test("an error keeps its lines and loses its control characters", () => {
  const error = "first\n  second\x1b[2J";
  match(pageOf({ sources: [{ ...BROKEN, error }] }), /\n {6}first\n {8}second␛\[2J\n/);
});

Deno.test("a changed import is named beside its source", () => {
  const found = [pending("a.ts", { change: "changed", cause: "_lib/h.ts" })];
  match(pageOf({ sources: [SOURCE], pending: found }), /\n {2}a\.ts {2}changed: _lib\/h\.ts\n/);
});

Deno.test("a change that stat data hides fails, and only a repair puts it right", () => {
  const found = [pending("a.ts", { change: "changed", cause: "a.ts", isHidden: true })];
  const page = pageOf({ sources: [SOURCE], pending: found });
  match(page, /a\.ts {2}changed {2}its time and size say that it has not changed/);
  match(page, /^✗ /m);
  match(page, /Next: swamp doctor extensions --repair/);
});

Deno.test("bundles that must be kept are no reason to repair", () => {
  const place = { path: "b", absolutePath: "/r/b", bundleFolder: "bundles" };
  const batch = { ...place, isUsed: false, files: 1, bytes: 2048, damage: [] };
  match(pageOf({ batches: [{ ...batch, keptBecause: "" }] }), / {2}b {2}2\.0KB\n[^]*--repair/);
  const kept = pageOf({ batches: [{ ...batch, keptBecause: "in use" }] });
  match(kept, / {2}b {2}2\.0KB {2}in use/);
  ok(!kept.includes("--repair"));
});

Deno.test("every broken source is shown, however many there are", () => {
  const many = Array.from({ length: 30 }, (_, index) => ({ ...BROKEN, source: `m${index}.ts` }));
  equal(pageOf({ sources: many }).match(/no such thing/g)?.length, 30);
});

Deno.test("a long list of what is not wrong is cut, and whole with --verbose", () => {
  const many = Array.from({ length: 30 }, (_, index) => pending(`m${index}.ts`));
  const page = pageOf({ sources: [SOURCE], pending: many });
  ok(!page.includes("m29.ts"));
  match(page, /… and 20 more; --verbose shows them/);
  match(pageOf({ sources: [SOURCE], pending: many }, true), /m29\.ts/);
});

Deno.test("another process that indexes is mentioned", () => {
  match(pageOf({ catalog: { ...CATALOG, isBuilding: true } }), /Another swamp process is indexing/);
});

Deno.test("a sound package is a number in the verdict, one that is not is told with what helps", () => {
  const packages = (...all: PackageHealth[]) => ({ packages: { ...NO_PACKAGES, packages: all } });
  match(
    pageOf(packages(PACKAGE)),
    /^✓ 0 sources, 0 types, 1 package; the catalog is up to date\.$/,
  );
  const files = Array.from({ length: 7 }, (_, index) => `f${index}.ts`);
  const missing = { ...PACKAGE, condition: "incomplete", problem: "Install it.", missing: files };
  const page = pageOf(packages(PACKAGE, missing as PackageHealth));
  match(page, /Packages\n {2}✗ @acme\/p 2026\.01\.01\.1\n {6}Install it\.\n {6}missing f0\.ts/);
  match(page, /missing f4\.ts\n {8}… and 2 more\n/);
  match(page, /1 of 2 packages not as the lock file asks/);
});

Deno.test("a lock file that cannot be read is told, and no package is called sound", () => {
  const page = pageOf({ packages: { ...NO_PACKAGES, problem: "lock.json is no JSON" } });
  match(page, /Packages\n {2}✗ lock\.json is no JSON/);
  match(page, /packages unknown/);
});

Deno.test("everything is shown of every extension on request", () => {
  const owner = { origin: "pulled", name: "@acme/p", version: "2026.01.01.1" } as const;
  const extension = { kind: "extension", type: "@other/base", holds: true } as const;
  const found = {
    sources: [{ ...SOURCE, owner, types: [extension] }],
    packages: { ...NO_PACKAGES, packages: [PACKAGE] },
  };
  const page = pageOf(found, true);
  match(page, /Extensions\n {2}@acme\/p +2026\.01\.01\.1 +pulled +1 source +Indexed 1/);
  match(page, /@acme\/p adds to @other\/base/);
});
