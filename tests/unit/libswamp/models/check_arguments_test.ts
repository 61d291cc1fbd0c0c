import { deepEqual } from "node:assert/strict";
import { z } from "zod";
import { inputSchema } from "../../../../src/domain/extensions/describe.ts";
import {
  checkArguments,
  missingArguments,
  unknownArguments,
} from "../../../../src/libswamp/models/check_arguments.ts";

const SCHEMA = z.object({
  region: z.string().min(2),
  size: z.number().int().default(3),
  nested: z.object({ n: z.number() }).optional(),
});
const JSON_SCHEMA = inputSchema(SCHEMA);

const check = (given: Record<string, unknown>) => checkArguments(SCHEMA, JSON_SCHEMA, given);

Deno.test("good arguments come back parsed, with defaults", async () => {
  deepEqual(await check({ region: "eu" }), { value: { region: "eu", size: 3 }, issues: [] });
  deepEqual((await check({ region: "eu", size: "7" })).value, { region: "eu", size: 7 });
});

Deno.test("every issue has its dotted path", async () => {
  deepEqual((await check({ nested: { n: "x" } })).issues, [
    { path: "region", message: "Invalid input: expected string, received undefined" },
    { path: "nested.n", message: "Invalid input: expected number, received string" },
  ]);
});

Deno.test("a value with an expression is not judged, whatever its field takes", async () => {
  const given = { region: "eu", size: "${{ 1 + 2 }}" };
  deepEqual(await check(given), { value: given, issues: [] });
});

Deno.test("one expression does not switch off the validation of the other values", async () => {
  deepEqual((await check({ size: "${{ 1 }}", region: 5 })).issues, [
    { path: "region", message: "Invalid input: expected string, received number" },
  ]);
  deepEqual((await check({ region: "${{ 1 }}", nested: { n: "${{ 2 }}" }, size: "x" })).issues, [
    { path: "size", message: "Invalid input: expected number, received string" },
  ]);
});

Deno.test("a rule about the whole waits until all of it is known", async () => {
  const schema = z.object({ from: z.number(), to: z.number() })
    .refine(({ from, to }) => from < to, "from must be below to");
  const issues = async (given: Record<string, unknown>) =>
    (await checkArguments(schema, inputSchema(schema), given)).issues;
  deepEqual(await issues({ from: 2, to: 1 }), [{ path: "", message: "from must be below to" }]);
  deepEqual(await issues({ from: 2, to: "${{ 1 }}" }), []);
});

Deno.test("unknown arguments are named at every depth, with what was probably meant", () => {
  deepEqual(unknownArguments(JSON_SCHEMA, { regoin: "eu", nested: { zzzzz: 1 } }), [
    'regoin: Unknown argument. Did you mean "region"?',
    "nested.zzzzz: Unknown argument",
  ]);
});

Deno.test("unknown members of maps in lists are named, too", () => {
  const schema = inputSchema(
    z.object({ tags: z.array(z.object({ Key: z.string(), Value: z.string() })).optional() }),
  );
  deepEqual(
    unknownArguments(schema, { tags: [{ Key: "a", Value: "b" }, { Key: "a", Vlue: "b" }] }),
    [
      'tags[1].Vlue: Unknown argument. Did you mean "tags[1].Value"?',
    ],
  );
});

Deno.test("a short name that shares no letter with an unknown one is not meant", () => {
  const schema = inputSchema(z.object({ a: z.string() }));
  deepEqual(unknownArguments(schema, { b: 1 }), ["b: Unknown argument"]);
});

Deno.test("schemas that take any key know no unknown ones", () => {
  const open = inputSchema(z.looseObject({ a: z.string() }));
  deepEqual(unknownArguments(open, { b: 1 }), []);
  deepEqual(unknownArguments(inputSchema(z.record(z.string(), z.string())), { b: "1" }), []);
  deepEqual(unknownArguments(undefined, { b: 1 }), []);
});

Deno.test("missing are the required arguments without a default", () => {
  deepEqual(missingArguments(JSON_SCHEMA, {}), ["region"]);
  deepEqual(missingArguments(JSON_SCHEMA, { region: "eu" }), []);
  deepEqual(missingArguments(undefined, {}), []);
});
