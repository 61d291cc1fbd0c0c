import { equal, match, ok } from "node:assert/strict";
import { renderDoctor } from "../../../../../src/cli/output/extensions/doctor.ts";
import { styleFor } from "../../../../../src/cli/output/style.ts";
import type {
  CatalogHealth,
  HealthReport,
  PendingChange,
  SourceHealth,
} from "../../../../../src/domain/extensions/extension_health.ts";
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
  origin: "",
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

function documentOf(found: Partial<HealthReport>): DoctorDocument {
  return doctorDocument({
    repository: "r",
    catalog: CATALOG,
    sources: [],
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
