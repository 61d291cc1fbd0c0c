import { deepEqual } from "node:assert/strict";
import { z } from "zod";
import { checkProviderConfig } from "../../../../src/domain/extensions/provider_config.ts";

Deno.test("a provider gets its config with defaults filled in", async () => {
  const schema = z.object({ dir: z.string(), suffix: z.string().default(".txt") });
  deepEqual(await checkProviderConfig(schema, { dir: "/d" }), {
    config: { dir: "/d", suffix: ".txt" },
  });
});

Deno.test("values are converted where that can be done again", async () => {
  const schema = z.object({ port: z.coerce.number() });
  deepEqual(await checkProviderConfig(schema, { port: "80" }), { config: { port: 80 } });
});

Deno.test("where a schema cannot read its own result, the config stays as it is stored", async () => {
  const schema = z.object({ port: z.string().transform(Number) });
  deepEqual(await checkProviderConfig(schema, { port: "80" }), { config: { port: "80" } });
});

Deno.test("where reading the result again gives another one, the config stays too", async () => {
  const schema = z.object({ path: z.string().transform((path) => `/base/${path}`) });
  deepEqual(await checkProviderConfig(schema, { path: "a" }), { config: { path: "a" } });
});

Deno.test("fields that the schema does not know stay, since providers may read them", async () => {
  deepEqual(await checkProviderConfig(z.object({ a: z.string() }), { a: "1", b: 2 }), {
    config: { a: "1", b: 2 },
  });
});

Deno.test("without a schema everything will do", async () => {
  deepEqual(await checkProviderConfig(undefined, { a: [1] }), { config: { a: [1] } });
});

Deno.test("every mistake is told with its place", async () => {
  const schema = z.object({ a: z.string(), b: z.object({ c: z.number() }) });
  deepEqual(await checkProviderConfig(schema, { b: { c: "x" } }), {
    issues: [
      "a: Invalid input: expected string, received undefined",
      "b.c: Invalid input: expected number, received string",
    ],
  });
});

Deno.test("a check that takes its time is waited for", async () => {
  const schema = z.object({ a: z.string() }).refine(() => Promise.resolve(false), "not today");
  deepEqual(await checkProviderConfig(schema, { a: "b" }), { issues: ["not today"] });
});
