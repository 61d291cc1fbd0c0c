import assert from "node:assert/strict";
import { parseTags, readRunInputs } from "../../../../src/libswamp/runs/run_inputs.ts";

const FILES: Record<string, string> = {
  "in.yaml": "a: file\nmap: { x: file, y: file }\n",
  "broken.yaml": "[1",
  "list.yaml": "- 1\n",
  "empty.yaml": "",
  "evil.yaml": "map: { constructor: 1 }\n",
};

function read(inputs: readonly string[], inputFile?: string, stdin = "") {
  return readRunInputs({ inputs, inputFile }, {
    readTextFile: (path) => Promise.resolve(FILES[path]),
    readStdin: () => Promise.resolve(stdin),
  });
}

Deno.test("key=value, JSON and a file go together, later ones winning", async () => {
  const inputs = await read(['{"a":"json","n":1}', "map.x=cli", "a=last"], "in.yaml");
  assert.deepEqual(inputs, { a: "last", n: 1, map: { x: "cli", y: "file" } });
});

Deno.test("a dash stands for JSON on stdin, in its place among the others", async () => {
  assert.deepEqual(await read(["a=1", "-", "b=2"], undefined, '{"a":"in","b":"in"}'), {
    a: "in",
    b: "2",
  });
});

Deno.test("a dash for the file stands for YAML or JSON on stdin", async () => {
  assert.deepEqual(await read(["a=1"], "-", "a: in\nlist: [1, b]\n"), { a: "1", list: [1, "b"] });
  assert.deepEqual(await read([], "-", '{"a": 1}'), { a: 1 });
  await assert.rejects(read([], "-", ""), {
    message: "Failed to read input file: Input file must contain a YAML object",
  });
});

Deno.test("stdin is there once", async () => {
  const message = "Inputs can be read from stdin only once: give one --input - or --input-file -";
  await assert.rejects(read(["-"], "-", "{}"), { code: "invalid_argument", message });
  await assert.rejects(read(["-", "-"], undefined, "{}"), { message });
});

Deno.test("no inputs are an empty map", async () => assert.deepEqual(await read([]), {}));

for (
  const [title, inputs, message] of [
    ["cut JSON", ['{"n":'], "Invalid JSON in --input: Unexpected end of JSON input"],
    ["text without =", ["n"], 'Invalid input format: "n". Expected key=value format.'],
    ["a list", ["[1]"], 'Invalid input format: "[1]". Expected key=value format.'],
    ["an empty key", ["=1"], 'Invalid input: empty key in "=1".'],
    [
      "a key of the prototype",
      ['{"a":{"__proto__":1}}'],
      'Invalid input: the key "__proto__" is reserved.',
    ],
  ] as const
) {
  Deno.test(`${title} is refused`, () => assert.rejects(read(inputs), { message }));
}

Deno.test("stdin must hold an object", () =>
  assert.rejects(read(["-"], undefined, "[1]"), {
    message: "Invalid JSON in --input: expected an object",
  }));

for (
  const [file, message] of [
    ["none.yaml", "Input file not found: none.yaml"],
    ["broken.yaml", /^Failed to read input file: .* at line 1, column 3$/],
    ["list.yaml", "Failed to read input file: Input file must contain a YAML object"],
    ["empty.yaml", "Failed to read input file: Input file must contain a YAML object"],
    ["evil.yaml", 'Invalid input: the key "constructor" is reserved.'],
  ] as const
) {
  Deno.test(`the input file ${file} is refused in one line`, () =>
    assert.rejects(read([], file), { message }));
}

Deno.test("tags are split at the first =", () => {
  assert.deepEqual(parseTags(["a=b=c", "d="]), { a: "b=c", d: "" });
});

Deno.test("a tag needs a name", () => {
  for (const tag of ["foo", "=x"]) {
    assert.throws(() => parseTags([tag]), {
      code: "invalid_tag",
      message: `Invalid tag format: "${tag}". Expected KEY=VALUE`,
    });
  }
});
