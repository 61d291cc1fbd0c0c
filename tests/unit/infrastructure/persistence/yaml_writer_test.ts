import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import {
  parseYaml,
  readSimpleYaml,
} from "../../../../src/infrastructure/persistence/yaml_reader.ts";
import { yamlText } from "../../../../src/infrastructure/persistence/yaml_writer.ts";

const SPECIAL = [
  ...["yes", "n", "true", "null", "~", "12", "1e5", "0x1f", "0o7", "012", "1_000", "1:30", ".5"],
  ...[
    "2026-11-20",
    "2026-11-20T17:30:02.353Z",
    "",
    " a",
    "a ",
    "a: b",
    "a #b",
    "- a",
    "@a/b",
    "a:",
  ],
  ...[
    "...",
    "---",
    "--- a",
    "...a",
    "<<",
    "=",
    "it's",
    '"',
    "a\nb",
    "\na",
    "a\n",
    "a\n  b\n c",
    "|",
  ],
  ...[
    "\t",
    "a\tb",
    "\u2028",
    "\u0085",
    "\ufeff",
    "é",
    "\ud800",
    "\r\n",
    "a\r\nb",
    "!x",
    "&a",
    "*a",
  ],
];
const strings = fc.oneof(
  fc.constantFrom(...SPECIAL),
  fc.string({ unit: "binary" }),
  fc.string(),
);
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    strings,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(strings.filter((key) => key !== "__proto__"), tie("value"), { maxKeys: 4 }),
  ),
})).value;

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

Deno.test("what is written reads back the same in YAML 1.2", () => {
  fc.assert(fc.property(values, (value) => {
    assert.deepEqual(parse(yamlText(value)), plain(value));
  }));
});

Deno.test("strings stay strings for readers of YAML 1.1", () => {
  fc.assert(fc.property(fc.dictionary(fc.constantFrom("a", "b"), strings), (map) => {
    assert.deepEqual(parse(yamlText(map), { version: "1.1" }), plain(map));
  }));
});

Deno.test("whatever the simple reader answers, a YAML parser answers the same", () => {
  fc.assert(fc.property(values, (value) => {
    const text = yamlText(value);
    const simple = readSimpleYaml(text);
    if (simple !== undefined) assert.deepEqual(simple, parse(text));
  }));
});

Deno.test("the simple reader agrees with a YAML parser on lines of its own making or refuses them", () => {
  const lines = fc.array(
    fc.tuple(
      fc.constantFrom("", " ", "  ", "    ", "- "),
      fc.constantFrom("a", "b", "c_d", "__proto__", "1", "y"),
      fc.constantFrom(
        ":",
        ": ",
        ": x",
        ": 'x y'",
        ": {}",
        ": 007",
        ": 7",
        ": a:b",
        ": a: b",
        ": #",
        "",
      ),
    ).map((parts) => parts.join("")),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(lines, (list) => {
      const text = `${list.join("\n")}\n`;
      const simple = readSimpleYaml(text);
      if (simple !== undefined) assert.deepEqual(simple, parse(text));
    }),
    { numRuns: 2000 },
  );
});

Deno.test("metadata is written in words without quotes where none are needed", () => {
  assert.equal(
    yamlText({
      type: "@acme/thing",
      typeVersion: "2026.01.02.1",
      tags: {},
      createdAt: "2026-11-20T17:30:02.353Z",
      size: 6,
      dataArtifacts: [{ name: "main", tags: { type: "resource" } }, { name: "log", tags: {} }],
      text: "Command exited with code 3",
      error: "Error: boom\n    at run",
      none: undefined,
    }),
    [
      "type: '@acme/thing'",
      "typeVersion: 2026.01.02.1",
      "tags: {}",
      "createdAt: '2026-11-20T17:30:02.353Z'",
      "size: 6",
      "dataArtifacts:",
      "  - name: main",
      "    tags:",
      "      type: resource",
      "  - name: log",
      "    tags: {}",
      "text: Command exited with code 3",
      "error: |-",
      "  Error: boom",
      "      at run",
      "",
    ].join("\n"),
  );
});

Deno.test("a mistake in YAML is told in one line with its place", async () => {
  await assert.rejects(parseYaml("a: [1\nb: 2\n"), /^Error: .*at line \d+, column \d+$/);
});
