import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import * as zod from "zod";
import { UserError } from "../../../src/domain/errors.ts";
import { extensionSource, modelSource, RepositoryFixture } from "./repository_fixture.ts";

Deno.test("every type that is listed can be described and loaded", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  repository.write("sub/b.ts", modelSource("@acme/b"));
  const types = await repository.modelTypes();
  deepEqual(types.summaries().map(({ normalized }) => normalized), [
    "command/shell",
    "@acme/a",
    "@acme/b",
  ]);
  for (const { normalized, version } of types.summaries()) {
    equal(types.describe(normalized)?.version, version);
    equal((await types.resolve(normalized)).type, normalized);
  }
});

Deno.test("a descriptor describes what a caller passes: defaults are not required", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  const descriptor = (await repository.modelTypes()).describe("@acme/a");
  deepEqual(descriptor?.globalArguments, {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties: {
      region: { type: "string", description: "where" },
      size: { type: "number", default: 3 },
    },
    required: ["region"],
    additionalProperties: false,
  });
});

Deno.test("concurrent callers share one load", async () => {
  using repository = new RepositoryFixture();
  repository.write(
    "a.ts",
    `globalThis.loads = (globalThis.loads ?? 0) + 1;${modelSource("@acme/a")}`,
  );
  const types = await repository.modelTypes();
  const [one, two] = await Promise.all([types.resolve("@acme/a"), types.resolve("@acme/a")]);
  ok(one === two);
  equal((globalThis as { loads?: number }).loads, 1);
});

for (
  const [form, source] of Object.entries({
    "a named import": `import { z } from "npm:zod@4.3.6";`,
    "an alias": `import { z as q } from "npm:zod@4"; const z = q;`,
    "a namespace": `import * as z from "npm:zod";`,
    "a default import": `import z from "npm:zod@^4.0.0";`,
    "the v4 path": `import { z } from "npm:zod@4/v4";`,
    "an import of a helper": `import { z } from "./_lib/zod.ts";`,
    "a dynamic import": `const { z } = await import("npm:zod@4");`,
  })
) {
  Deno.test(`zod is swamp's own behind ${form} [B120]`, async () => {
    using repository = new RepositoryFixture();
    repository.write("_lib/zod.ts", `export { z } from "npm:zod@4.3.6";`);
    repository.write("a.ts", source + modelSource("@acme/a").replace(/^import.*\n/, ""));
    const types = await repository.modelTypes();
    deepEqual(types.failures(), []);
    ok((await types.resolve("@acme/a")).globalArguments instanceof zod.ZodObject);
  });
}

Deno.test("a schema of zod 3 is refused with the reason [B120]", async () => {
  using repository = new RepositoryFixture();
  repository.write("old.ts", modelSource("@acme/old").replace("zod@4.3.6", "zod@3.25.76"));
  const [failure] = (await repository.modelTypes()).failures();
  match(failure?.error ?? "", /zod 3, which is not supported/);
});

Deno.test("extensions of several files are merged into a type, described and loaded [B55]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  repository.write("x1.ts", extensionSource("@acme/a", "first"));
  repository.write("x2.ts", extensionSource("@Acme::A", "second"));
  const types = await repository.modelTypes();
  const names = ["get", "first", "second"];
  deepEqual(types.describe("@acme/a")?.methods.map(({ name }) => name), names);
  deepEqual(Object.keys((await types.resolve("@acme/a")).methods), names);
});

Deno.test("a built-in type is extended on every run [B74 W9]", async () => {
  using repository = new RepositoryFixture();
  repository.write("x.ts", extensionSource("command/shell", "extra"));
  for (const run of [1, 2]) {
    const types = await repository.modelTypes();
    deepEqual(
      types.describe("command/shell")?.methods.map(({ name }) => name),
      ["execute", "extra"],
      `run ${run}`,
    );
    deepEqual(Object.keys((await types.resolve("command/shell")).methods), ["execute", "extra"]);
  }
});

Deno.test("a method name that is taken is skipped and told with both files [B73]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  repository.write("x1.ts", extensionSource("@acme/a", "same"));
  repository.write("x2.ts", extensionSource("@acme/a", "same"));
  const types = await repository.modelTypes();
  const [failure, ...others] = types.failures();
  deepEqual(others, []);
  equal(failure?.source, "extensions/models/x2.ts");
  match(failure?.error ?? "", /Method 'same' already exists .* \(extensions\/models\/x1\.ts\)/);
  deepEqual(Object.keys((await types.resolve("@acme/a")).methods), ["get", "same"]);
});

Deno.test("an extension that fails while it is loaded leaves its base usable [B75]", async () => {
  using repository = new RepositoryFixture();
  repository.write("a.ts", modelSource("@acme/a"));
  // The home folder is invisible to the index worker, so this only throws when the type is loaded.
  repository.write(
    "x.ts",
    `if (Deno.env.get("HOME")) throw new Error("ext boom");${extensionSource("@acme/a", "extra")}`,
  );
  const warnings: string[] = [];
  const types = await repository.modelTypes(warnings);
  deepEqual(Object.keys((await types.resolve("@acme/a")).methods), ["get"]);
  match(warnings.join("\n"), /Failed to extend .*extensions\/models\/x\.ts: ext boom/);
});

for (
  const [damage, spoil] of Object.entries({
    "was removed": (path: string) => Deno.removeSync(path),
    "was cut in half": (path: string) => Deno.truncateSync(path, Deno.statSync(path).size / 2),
  })
) {
  Deno.test(`a bundle that ${damage} behind the catalog's back is built again`, async () => {
    using repository = new RepositoryFixture();
    repository.write("a.ts", modelSource("@acme/a"));
    const types = await repository.modelTypes();
    const bundles = repository.path(".swamp", "bundles");
    for (const { name } of Deno.readDirSync(bundles)) spoil(`${bundles}/${name}/m/a.js`);
    equal((await types.resolve("@acme/a")).type, "@acme/a");
  });
}

Deno.test("resolving a type whose source is broken names file and error", async () => {
  using repository = new RepositoryFixture();
  repository.write("bad.ts", `${modelSource("@acme/bad")} throw new Error("boom");`);
  const types = await repository.modelTypes();
  await rejects(types.resolve("@acme/bad"), (error: unknown) => {
    ok(error instanceof UserError);
    equal(error.code, "type_broken");
    match(error.message, /extensions\/models\/bad\.ts: .*boom/);
    return true;
  });
});

Deno.test("outside a repository there are the built-in types", async () => {
  const { openModelTypes } = await import(
    "../../../src/infrastructure/extensions/extension_types.ts"
  );
  const types = await openModelTypes({
    variable: () => undefined,
    warn: () => {},
    notice: () => {},
    trace: () => {},
  });
  deepEqual(types.summaries().map(({ raw }) => raw), ["command/shell"]);
});
