import { deepEqual, equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { messageOf } from "../../../../src/domain/errors.ts";
import { parseManifest } from "../../../../src/domain/extensions/manifest.ts";

const MINIMAL = {
  manifestVersion: 1,
  name: "@acme/widget",
  version: "2026.04.01.1",
  models: ["widget/one.ts"],
};

function problemOf(document: unknown): string {
  try {
    parseManifest(document);
    return "";
  } catch (thrown) {
    return messageOf(thrown);
  }
}

const linesOf = (document: unknown) =>
  problemOf(document).split("\n").slice(1).map((line) => line.replace(/^ {2}- /, ""));

Deno.test("what a manifest does not say is empty or absent", () => {
  deepEqual(parseManifest(MINIMAL), {
    manifestVersion: 1,
    name: "@acme/widget",
    version: "2026.04.01.1",
    paths: { base: "typedDir" },
    models: ["widget/one.ts"],
    vaults: [],
    drivers: [],
    datastores: [],
    reports: [],
    workflows: [],
    skills: [],
    include: [],
    additionalFiles: [],
    binaries: [],
    platforms: [],
    labels: [],
    dependencies: [],
  });
});

Deno.test("every field is read, those of later versions too; unknown ones are ignored", () => {
  const more = {
    description: "Widgets",
    repository: "https://example.com/widget",
    releaseNotes: "first",
    paths: { base: "manifest" },
    vaults: ["v.ts"],
    drivers: ["d.ts"],
    datastores: ["s.ts"],
    reports: ["r.ts"],
    workflows: ["w/workflow.yaml"],
    skills: ["widgets"],
    include: ["script.ts"],
    additionalFiles: ["docs/a.md"],
    binaries: ["bin/tool"],
    platforms: ["linux"],
    labels: ["aws"],
    dependencies: ["@acme/base@>=2026.01.01.1"],
  };
  deepEqual(parseManifest({ ...MINIMAL, ...more, somethingElse: 7 }), { ...MINIMAL, ...more });
});

const WHOLE: readonly [unknown, string][] = [
  ["text", "Extension manifest must be a YAML object."],
  [[], "Extension manifest must be a YAML object."],
  [null, "Extension manifest must be a YAML object."],
  [
    { name: "bad" },
    "Extension manifest is missing 'manifestVersion'. Add 'manifestVersion: 1' to your manifest.",
  ],
  [{ manifestVersion: 2 }, "Unsupported manifest version: 2. Only version 1 is supported."],
  [{ manifestVersion: "1" }, "Unsupported manifest version: 1. Only version 1 is supported."],
  [
    { ...MINIMAL, models: [] },
    "Invalid extension manifest:\n  - Extension must include at least one model, workflow, vault, " +
    "driver, datastore, or report",
  ],
];
for (const [document, message] of WHOLE) {
  Deno.test(`the manifest ${JSON.stringify(document)} is refused: ${message}`, () => {
    throws(() => parseManifest(document), { code: "invalid_manifest", message });
  });
}

const PATH_RULE = "Path must be relative and must not contain '..' components or start with '/'";
const FIELDS: readonly [Record<string, unknown>, string][] = [
  [
    { name: "widget" },
    "name: Extension name must be scoped: @collective/name (lowercase, alphanumeric, hyphens, " +
    "underscores, additional /segments allowed)",
  ],
  [{ version: "1.0.0" }, "version: Version must be valid CalVer format: YYYY.MM.DD.MICRO"],
  [{ version: 2026.04 }, "version: Invalid input: expected string, received number"],
  [{ repository: "nowhere" }, "repository: Invalid URL"],
  [{ models: ["../x.ts"] }, `models.0: ${PATH_RULE}`],
  [{ models: ["a.ts", "/x.ts"] }, `models.1: ${PATH_RULE}`],
  [{ models: ["a\\..\\b.ts"] }, `models.0: ${PATH_RULE}`],
  [{ workflows: ["../x.yaml"] }, `workflows.0: ${PATH_RULE}`],
  [{ include: ["x/../y.ts"] }, `include.0: ${PATH_RULE}`],
  [{ additionalFiles: ["C:/x"] }, `additionalFiles.0: ${PATH_RULE}`],
  [{ binaries: ["/bin/sh"] }, `binaries.0: ${PATH_RULE}`],
  [{ models: "one.ts" }, "models: Invalid input: expected array, received string"],
  [{ models: [7] }, "models.0: Invalid input: expected string, received number"],
  [{ platforms: [""] }, "platforms.0: Too small: expected string to have >=1 characters"],
  [
    { labels: Array(21).fill("a") },
    "labels: Too big: expected array to have <=20 items",
  ],
  [
    { releaseNotes: "x".repeat(5001) },
    "releaseNotes: Too big: expected string to have <=5000 characters",
  ],
  [
    { dependencies: ["widget"] },
    "dependencies.0: Dependencies must include a slash (e.g., @collective/name)",
  ],
  [{ paths: { base: "x" } }, 'paths.base: Invalid option: expected one of "typedDir"|"manifest"'],
  [{ description: {} }, "description: Invalid input: expected string, received object"],
];
for (const [change, line] of FIELDS) {
  const shown = JSON.stringify(change).slice(0, 60);
  Deno.test(`the manifest field ${shown} is refused: ${line}`, () => {
    deepEqual(linesOf({ ...MINIMAL, ...change }), [line]);
  });
}

Deno.test("every problem has its line, under one heading", () => {
  equal(
    problemOf({ manifestVersion: 1, models: ["/a"], repository: "x" }),
    [
      "Invalid extension manifest:",
      "  - name: Invalid input: expected string, received undefined",
      "  - version: Invalid input: expected string, received undefined",
      "  - repository: Invalid URL",
      `  - models.0: ${PATH_RULE}`,
    ].join("\n"),
  );
});

Deno.test("dots within a name are no way out", () => {
  deepEqual(parseManifest({ ...MINIMAL, models: ["a..b.ts", "./c.ts"] }).models, [
    "a..b.ts",
    "c.ts",
  ]);
});

Deno.test("an additional file that is listed twice is refused, base names may repeat [B102]", () => {
  deepEqual(linesOf({ ...MINIMAL, additionalFiles: ["docs/a.md", "./docs//A.md"] }), [
    "additionalFiles.1: Path is listed more than once: docs/A.md",
  ]);
  const twoReadmes = ["a/README.md", "b/README.md"];
  deepEqual(parseManifest({ ...MINIMAL, additionalFiles: twoReadmes }).additionalFiles, twoReadmes);
});

Deno.test("a package of skills only is a package [B145]", () => {
  deepEqual(parseManifest({ ...MINIMAL, models: [], skills: ["x"] }).skills, ["x"]);
});

Deno.test("twenty labels are allowed [B134]", () => {
  equal(parseManifest({ ...MINIMAL, labels: Array(20).fill("a") }).labels.length, 20);
});

Deno.test("a key without a value counts as absent", () => {
  deepEqual(parseManifest({ ...MINIMAL, vaults: null, description: null }).vaults, []);
});

Deno.test("the wording is that of zod, whatever a field holds", () => {
  const strings = z.array(z.string().min(1));
  const shape = z.object({
    description: z.string().optional(),
    releaseNotes: z.string().max(5000).optional(),
    platforms: strings.optional(),
    labels: strings.max(20).optional(),
  });
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(fc.oneof(fc.string({ maxLength: 2 }), fc.integer()), { maxLength: 25 }),
    fc.dictionary(fc.string(), fc.integer()),
    fc.constant("x".repeat(5001)),
  );
  // zod goes on to measure a string that is no list at all.
  const labels = value.filter((value) => typeof value !== "string" || value.length <= 20);
  const document = fc.record(
    { description: value, platforms: value, labels, releaseNotes: value },
    { requiredKeys: [] },
  );
  fc.assert(fc.property(document, (document) => {
    const expected = shape.safeParse(document).error?.issues ?? [];
    const lines = expected.map(({ path, message }) => `${path.join(".")}: ${message}`);
    deepEqual(linesOf({ ...MINIMAL, ...document }).sort(), lines.sort());
  }));
});

Deno.test("a path that is accepted stays below its folder", () => {
  const part = fc.constantFrom("a", "..", ".", "", "C:", "\\", "a\\..\\b", "x.ts");
  fc.assert(
    fc.property(fc.array(part, { minLength: 1 }).map((parts) => parts.join("/")), (path) => {
      const lines = linesOf({ ...MINIMAL, include: [path] });
      if (lines.length > 0) return deepEqual(lines, [`include.0: ${PATH_RULE}`]);
      const [accepted] = parseManifest({ ...MINIMAL, include: [path] }).include;
      equal(accepted!.split("/").some((part) => part === ".." || part === ""), false);
    }),
  );
});
