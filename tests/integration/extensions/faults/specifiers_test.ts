import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as zod from "zod";
import { modelSource, RepositoryFixture } from "../repository_fixture.ts";

const ZOD = `import { z } from "npm:zod@4.3.6";\n`;

/** Source of `@acme/a` without its import of zod. */
const BODY = modelSource("@acme/a").replace(/^import.*\n/, "");

/** A repository with one source, and what its type is when it is loaded. */
async function loaded(source: string, files: Readonly<Record<string, string>> = {}) {
  using repository = new RepositoryFixture();
  for (const [name, text] of Object.entries(files)) repository.write(name, text);
  repository.write("a.ts", source);
  const types = await repository.modelTypes();
  deepEqual(types.failures(), []);
  return await types.resolve("@acme/a");
}

/** Why a source is refused, beside one that is not. */
async function refusal(source: string): Promise<string> {
  using repository = new RepositoryFixture();
  repository.write("a.ts", source);
  repository.write("b.ts", modelSource("@acme/b"));
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/b"]);
  return opened.broken["extensions/models/a.ts"] ?? "";
}

/** Further forms of importing zod 4 (contract: extensions 2.2), all of which give swamp's own. */
const SHARED: Readonly<Record<string, string>> = {
  "a default import and a namespace": `import d, * as z from "npm:zod@4"; void d;`,
  "a type import beside it":
    `import type { ZodType } from "npm:zod@4"; import { z } from "npm:zod@4"; export type T = ZodType;`,
  "single quotes": `import { z } from 'npm:zod@4';`,
  "a range": `import { z } from "npm:zod@~4.3.0";`,
  "its core beside it":
    `import { z } from "npm:zod@4"; import * as core from "npm:zod@4/v4/core"; void core;`,
};
for (const [form, imports] of Object.entries(SHARED)) {
  Deno.test(`zod is swamp's own with ${form}`, async () => {
    ok((await loaded(imports + BODY)).globalArguments instanceof zod.ZodObject);
  });
}

/** Schemas of zod 4 that are not swamp's own, which are accepted by what they are. */
const FOREIGN: Readonly<Record<string, string>> = {
  "zod 4's small sister": `import { z } from "npm:zod@4/mini";`,
  "zod 4 inside a package of zod 3": `import { z } from "npm:zod@3.25.76/v4";`,
};
for (const [what, imports] of Object.entries(FOREIGN)) {
  Deno.test(`schemas of ${what} work although they are another copy's [B120]`, async () => {
    const body = BODY.replace(`.describe("where")`, "").replace(
      "z.number().default(3)",
      "z.optional(z.number())",
    );
    const model = await loaded(imports + body);
    const succeeds = async (given: unknown) =>
      (await model.globalArguments?.safeParseAsync(given))?.success;
    equal(await succeeds({ region: "eu" }), true);
    equal(await succeeds({ region: 3 }), false);
  });
}

Deno.test("zod 3 may be used for what swamp never sees", async () => {
  const old = `import { z as old } from "npm:zod@3.25.76"; const Name = old.literal("@acme/a");`;
  const model = await loaded(ZOD + old + BODY.replace('"@acme/a"', `Name.parse("@acme/a")`));
  equal(model.type, "@acme/a");
});

Deno.test("the shared zod can be neither deleted nor replaced by a source", async () => {
  using repository = new RepositoryFixture();
  repository.write("a1.ts", `delete globalThis.__swamp_zod;${modelSource("@acme/a1")}`);
  repository.write(
    "a2.ts",
    `try { globalThis.__swamp_zod = {}; } catch { /* it is protected */ }${
      modelSource("@acme/a2")
    }`,
  );
  repository.write("b.ts", modelSource("@acme/b"));
  using opened = await repository.open();
  deepEqual(opened.types, ["@acme/a2", "@acme/b"]);
  match(opened.broken["extensions/models/a1.ts"] ?? "", /Cannot delete property/);
});

Deno.test("a bare zod without a project is refused with what is missing [B123]", async () => {
  match(await refusal(modelSource("@acme/a").replace("npm:zod@4.3.6", "zod")), /"zod" not a dep/);
});

/** What else a source may import (contract: extensions 2.3). `NAME` is the type. */
const IMPORTS: Readonly<Record<string, { code: string; files?: Record<string, string> }>> = {
  "an npm package": { code: `import ms from "npm:ms@2.1.3"; const NAME = ms(1) && "@acme/a";` },
  "an npm package, dynamically": {
    code: `const { default: ms } = await import("npm:ms@2.1.3"); const NAME = ms(1) && "@acme/a";`,
  },
  "node's modules, with and without node:": {
    code: `import { posix } from "node:path"; import { join } from "path";
      const NAME = posix.join("@acme", join("a"));`,
  },
  "a file without its ending": {
    code: `import { NAME } from "./_lib/name";`,
    files: { "_lib/name.ts": `export const NAME = "@acme/a";` },
  },
  "a file by .js": {
    code: `import { NAME } from "./_lib/name.js";`,
    files: { "_lib/name.ts": `export const NAME = "@acme/a";` },
  },
  "a file outside the source folder": {
    code: `import { NAME } from "../../outside.ts";`,
    files: { "../../outside.ts": `export const NAME = "@acme/a";` },
  },
  "JSON": {
    code: `import data from "./data.json" with { type: "json" }; const NAME = data.name;`,
    files: { "data.json": `{ "name": "@acme/a" }` },
  },
  "a local file, dynamically": {
    code: `const { NAME } = await import("./_lib/name.ts");`,
    files: { "_lib/name.ts": `export const NAME = "@acme/a";` },
  },
  "a file by an expression, later": {
    code: `const later = (path: string) => import(path); void later; const NAME = "@acme/a";`,
  },
};
for (const [what, { code, files }] of Object.entries(IMPORTS)) {
  Deno.test(`a source may import ${what}`, async () => {
    equal((await loaded(ZOD + code + BODY.replace('"@acme/a"', "NAME"), files)).type, "@acme/a");
  });
}

Deno.test("a module of a host is no bare specifier [B121]", async () => {
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () =>
      new Response(`export const NAME = "@acme/a";`, {
        headers: { "content-type": "application/typescript" },
      }),
  );
  const url = `http://127.0.0.1:${server.addr.port}/name.ts`;
  const source = `import { NAME } from "${url}";${ZOD}${BODY.replace('"@acme/a"', "NAME")}`;
  equal((await loaded(source)).type, "@acme/a");
});

Deno.test("quoted words in comments, texts, templates and patterns are no imports [B122]", async () => {
  const words = `// import a from "nowhere-1"
/* export { b } from "nowhere-2"; require("nowhere-3") */
const text = 'import c from "nowhere-4"';
const template = \`
import "nowhere-5";
export * from "./nowhere-6.ts";
import { z } from "zod";
\`;
const pattern = /from "nowhere-7"/;
void [text, template, pattern];
`;
  equal((await loaded(words + ZOD + BODY)).type, "@acme/a");
});

Deno.test("a bare specifier that nothing maps is refused by its name [B123]", async () => {
  match(await refusal(`import "some-package";${ZOD}${BODY}`), /"some-package" not a dependency/);
});

Deno.test("a package that does not exist is a lasting error by its name", async () => {
  using repository = new RepositoryFixture();
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () => new Response("no such package", { status: 404 }),
  );
  const registry = `@swamp-test:registry=http://127.0.0.1:${server.addr.port}/\n`;
  repository.write("deno.json", "{}");
  repository.write(".npmrc", registry);
  repository.write("a.ts", `import "npm:@swamp-test/none@1.0.0";${ZOD}${BODY}`);
  using first = await repository.open();
  match(first.broken["extensions/models/a.ts"] ?? "", /'@swamp-test\/none' does not exist/);
  using second = await repository.open();
  equal(second.built, 0);
});

Deno.test("a registry of packages that cannot be reached is a passing failure, and retried [B30]", async () => {
  using repository = new RepositoryFixture();
  repository.write("deno.json", "{}");
  repository.write(".npmrc", "@swamp-test:registry=http://127.0.0.1:1/\n");
  repository.write("a.ts", `import "npm:@swamp-test/none@1.0.0";${ZOD}${BODY}`);
  for (const run of ["first", "second"]) {
    using opened = await repository.open();
    const [row] = opened.store.brokenSources();
    equal(row?.transient, true, run);
    match(row?.error ?? "", /Failed loading http:\/\/127\.0\.0\.1:1\/.*@swamp-test\/none/, run);
    equal(opened.built, 1, run);
  }
});

Deno.test("another registry in .npmrc takes effect [B21]", async () => {
  using repository = new RepositoryFixture();
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () => new Response("no such package", { status: 404 }),
  );
  const registry = (path: string) =>
    `@swamp-test:registry=http://127.0.0.1:${server.addr.port}/${path}/\n`;
  repository.write("deno.json", "{}");
  repository.write(".npmrc", registry("one"));
  repository.write("a.ts", `import "npm:@swamp-test/none@1.0.0";${ZOD}${BODY}`);
  (await repository.open()).store.close();
  repository.write(".npmrc", registry("two"));
  using opened = await repository.open();
  equal(opened.built, 1);
});
