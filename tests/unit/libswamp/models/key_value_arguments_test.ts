import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import fc from "fast-check";
import {
  mergeArguments,
  parseKeyValueArguments,
  requireSafeKeys,
} from "../../../../src/libswamp/models/key_value_arguments.ts";

const FILES: Readonly<Record<string, string>> = { "a.txt": "text\n", "a.json": '{"b":[1]}' };

function readTextFile(path: string): Promise<string | undefined> {
  if (path === "locked") return Promise.reject(new Error("permission denied"));
  return Promise.resolve(FILES[path]);
}

const parse = (...pairs: string[]) => parseKeyValueArguments(pairs, readTextFile);

const READ: readonly [string, readonly string[], Record<string, unknown>][] = [
  ["the first = separates", ["a=b=c"], { a: "b=c" }],
  ["a value may be empty", ["a="], { a: "" }],
  ["dots make maps", ["a.b.c=1", "a.d=2"], { a: { b: { c: "1" }, d: "2" } }],
  ["the last of equal keys wins", ["a=1", "a=2"], { a: "2" }],
  ["maps are merged, whichever way they are given", [
    'a:json={"b":1,"c":1}',
    "a.b=2",
    'a:json={"d":[3]}',
  ], {
    a: { b: "2", c: 1, d: [3] },
  }],
  ["@ reads a file", ["a=@a.txt"], { a: "text\n" }],
  ["\\@ is a literal @", ["a=\\@x"], { a: "@x" }],
  ["a backslash elsewhere stays", ["a=\\x"], { a: "\\x" }],
  [":json reads JSON", ["a:json=[1,true]"], { a: [1, true] }],
  [":json reads a file of JSON", ["a:json=@a.json"], { a: { b: [1] } }],
  ["keys of objects are ordinary keys", ["toString=1", "valueOf.x=2"], {
    toString: "1",
    valueOf: { x: "2" },
  }],
];

for (const [what, pairs, expected] of READ) {
  Deno.test(what, async () => deepEqual({ ...await parse(...pairs) }, expected));
}

const REFUSED: readonly [string, string][] = [
  ["foo", 'Invalid input format: "foo". Expected key=value format.'],
  ["=1", 'Invalid input: empty key in "=1".'],
  ["a..b=1", 'Invalid input: empty key in "a..b=1".'],
  ["a.=1", 'Invalid input: empty key in "a.=1".'],
  [":json=1", 'Invalid input: empty key in ":json=1".'],
  ["n=@nofile", 'Input file not found for key "n": nofile'],
  ["n=@locked", 'Failed to read input file for key "n": permission denied'],
  ["__proto__=1", 'Invalid input: the key "__proto__" is reserved.'],
  ["a.constructor.b=1", 'Invalid input: the key "constructor" is reserved.'],
  ["prototype=1", 'Invalid input: the key "prototype" is reserved.'],
  ['a:json={"__proto__":1}', 'Invalid input: the key "__proto__" is reserved.'],
];

for (const [pair, message] of REFUSED) {
  Deno.test(`${pair} is refused`, async () => {
    await rejects(parse(pair), { name: "UserError", message });
  });
}

Deno.test("JSON that does not parse is refused by its key", async () => {
  await rejects(parse("a:json={"), { message: /^Invalid JSON for key "a": / });
});

Deno.test("a key cannot be a value and a map at once", async () => {
  await rejects(parse("a=1", "a.b=2"), {
    message: 'Invalid input: "a.b" needs "a" to be a map, but it has a value.',
  });
});

Deno.test("a pair is judged before any file is read", async () => {
  const read: string[] = [];
  const remember = (path: string) => {
    read.push(path);
    return Promise.resolve("");
  };
  await rejects(parseKeyValueArguments(["a=@a.txt", "bad"], remember));
  deepEqual(read, []);
});

Deno.test("pairs of simple keys come back as they were given", async () => {
  const key = fc.string({ unit: fc.constantFrom(..."abcXYZ-_19 ü".split("")), minLength: 1 });
  const value = fc.string().filter((text) => !/^(?:@|\\@)/.test(text));
  await fc.assert(fc.asyncProperty(fc.dictionary(key, value), async (map) => {
    const pairs = Object.entries(map).map(([name, text]) => `${name}=${text}`);
    deepEqual({ ...await parse(...pairs) }, { ...map });
  }));
});

Deno.test("no pair can reach a prototype, whatever is typed", async () => {
  const words = ["__proto__", "constructor", "prototype", "a", ".", "=", ":json", "@", "{}", "1"];
  const pair = fc.array(fc.constantFrom(...words), { maxLength: 6 }).map((parts) => parts.join(""));
  await fc.assert(fc.asyncProperty(fc.array(pair), async (pairs) => {
    await parse(...pairs).catch(() => {});
    equal(Object.keys(Object.prototype).length, 0);
    equal(({} as Record<string, unknown>)["a"], undefined);
  }));
});

Deno.test("merging goes into maps and replaces everything else", () => {
  const base = { a: { b: 1, c: [1] }, d: 1 };
  deepEqual(mergeArguments(base, { a: { c: [2] }, d: { e: 1 } }), {
    a: { b: 1, c: [2] },
    d: { e: 1 },
  });
  deepEqual(base, { a: { b: 1, c: [1] }, d: 1 });
});

Deno.test("reserved keys are refused at any depth", () => {
  throws(() => requireSafeKeys({ a: [{ b: JSON.parse('{"__proto__":1}') }] }), {
    code: "invalid_argument",
  });
  requireSafeKeys({ a: [{ b: null }] });
});
