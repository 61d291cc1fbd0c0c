import { deepEqual, equal } from "node:assert/strict";
import { type PackageManifest, parseManifest } from "../../../../src/domain/extensions/manifest.ts";
import {
  isBundle,
  isPackageFile,
  packageEntries,
  packageWorkflows,
} from "../../../../src/domain/extensions/package_layout.ts";

function entriesOf(fields: Partial<PackageManifest>, files: readonly string[]) {
  const base = { manifestVersion: 1, name: "@acme/x", version: "2026.04.01.1" };
  return packageEntries(parseManifest({ ...base, ...fields }), new Set(files));
}

Deno.test("a source named like a test is a source when the manifest lists it [B65]", () => {
  deepEqual(entriesOf({ models: ["load_test.ts"] }, ["models/load_test.ts"]), [{
    folder: "models",
    listed: "load_test.ts",
    path: "models/load_test.ts",
    bundle: undefined,
  }]);
});

Deno.test("a report that lies beside the models is found where it lies [B66]", () => {
  const [, report] = entriesOf({ models: ["x.ts"], reports: ["x_report.ts"] }, [
    "models/x.ts",
    "models/x_report.ts",
  ]);
  equal(report?.folder, "reports");
  equal(report?.path, "models/x_report.ts");
});

Deno.test("what the manifest does not list is no source [B130]", () => {
  const entries = entriesOf({ models: ["x.ts"] }, ["models/x.ts", "models/helper.ts"]);
  deepEqual(entries.map(({ path }) => path), ["models/x.ts"]);
});

Deno.test("paths may be relative to the manifest [B132]", () => {
  const fields: Partial<PackageManifest> = { paths: { base: "manifest" }, vaults: ["vaults/v.ts"] };
  deepEqual(entriesOf(fields, ["vaults/v.ts"]).map(({ path }) => path), ["vaults/v.ts"]);
});

Deno.test("each kind has its folder for shipped bundles", () => {
  const entries = entriesOf({ models: ["a/x.ts"], vaults: ["v.ts"], reports: ["r.ts"] }, [
    "models/a/x.ts",
    "bundles/a/x.js",
    "vaults/v.ts",
    "vault-bundles/v.js",
    "reports/r.ts",
  ]);
  deepEqual(entries.map(({ bundle }) => bundle), [
    "bundles/a/x.js",
    "vault-bundles/v.js",
    undefined,
  ]);
});

Deno.test("a source that is listed twice is one source", () => {
  equal(entriesOf({ models: ["x.ts", "./x.ts"] }, ["models/x.ts"]).length, 1);
});

Deno.test("workflows are those of the archive, whose names are not those of the manifest", () => {
  deepEqual(
    packageWorkflows([
      "workflows/a-b.yaml",
      "workflows/c.yml",
      "workflows/readme.md",
      "models/x.yaml",
    ]),
    ["workflows/a-b.yaml", "workflows/c.yml"],
  );
});

Deno.test("a package has no folders but its own, so that it cannot reach into a nested one", () => {
  equal(isPackageFile("models/x.ts"), true);
  equal(isPackageFile("manifest.yaml"), true);
  equal(isPackageFile("other/models/x.ts"), false);
  equal(isPackageFile("manifest.yaml/x"), false);
  equal(isPackageFile("models"), false);
});

Deno.test("bundles are told from sources", () => {
  equal(isBundle("datastore-bundles/x.js"), true);
  equal(isBundle("models/bundles/x.js"), false);
});
