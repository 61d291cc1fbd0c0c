import { deepEqual, equal, match, ok } from "node:assert/strict";
import { method, sourceOf } from "../../model_source.ts";
import { createModel } from "../../models.ts";
import { fails, succeeds } from "../../outcomes.ts";
import { Repository, type RunOptions } from "../../swamp.ts";

const ECHO = method(
  "echo",
  'await context.writeResource("state", "args", args);',
  `z.object({
    text: z.string().optional(),
    count: z.number().optional(),
    whole: z.number().int().optional(),
    on: z.boolean().default(false),
    list: z.array(z.string()).optional(),
    map: z.record(z.string(), z.unknown()).optional(),
    nested: z.object({ a: z.string(), b: z.string().optional() }).optional(),
  })`,
);

/** A repository with the model `e`, whose method `echo` stores its arguments. */
const repository = await Repository.create();
repository.write("extensions/models/echo.ts", sourceOf("@acme/echo", { methods: `{ ${ECHO} }` }));
await createModel(repository, "@acme/echo", "e");
repository.write("note.txt", "from a file\n");
repository.write(
  "inputs.yaml",
  "text: of the file\ncount: 7\nnested: { a: one, b: two }\nlist: [x, y]\n",
);
repository.write("inputs.json", '{ "text": "of JSON" }');
repository.write("list.yaml", "- a\n");
repository.write("scalar.yaml", "text\n");
repository.write("empty.yaml", "");
repository.write("broken.yaml", "a: [\n");
Deno.test.afterAll(() => repository[Symbol.dispose]());

/** Runs `echo` and gives the arguments that it saw. */
async function echo(flags: readonly string[], options?: RunOptions): Promise<unknown> {
  const run = await succeeds(repository, [
    ...["model", "method", "run", "e", "echo", "--skip-reports", ...flags],
  ], options);
  return run.dataArtifacts[0].attributes;
}

const input = (...values: string[]) => values.flatMap((value) => ["--input", value]);

/** Flags → the arguments that the method gets, `on: false` by default. */
const FORMS: readonly (readonly [flags: readonly string[], args: Record<string, unknown>])[] = [
  [input("text=a=b"), { text: "a=b" }],
  [input("text="), { text: "" }],
  [input("text=${HOME} `x` 'y'"), { text: "${HOME} `x` 'y'" }],
  [input("count=1.5"), { count: 1.5 }],
  [input("count=-3"), { count: -3 }],
  [input("whole=7", "on=true"), { whole: 7, on: true }],
  [input("nested.a=x", "nested.b=y"), { nested: { a: "x", b: "y" } }],
  [input("text=@note.txt"), { text: "from a file\n" }],
  [input("text=\\@note.txt"), { text: "@note.txt" }],
  [input('list=["x","y"]'), { list: ["x", "y"] }],
  [input('map={"a":1}'), { map: { a: 1 } }],
  [input('list:json=["x"]'), { list: ["x"] }],
  [input('{"text":"t","list":["x"]}'), { text: "t", list: ["x"] }],
  [input('{"text":"first","count":1}', "text=second"), { text: "second", count: 1 }],
  [["--input-file", "inputs.json"], { text: "of JSON" }],
  [["--input-file", "inputs.yaml"], {
    ...{ text: "of the file", count: 7 },
    ...{ nested: { a: "one", b: "two" }, list: ["x", "y"] },
  }],
  [["--input-file", "inputs.yaml", ...input("text=mine", "nested.b=3")], {
    ...{ text: "mine", count: 7 },
    ...{ nested: { a: "one", b: "3" }, list: ["x", "y"] },
  }],
  [["--input-file", "inputs.yaml", ...input('{"list":["z"]}')], {
    ...{ text: "of the file", count: 7 },
    ...{ nested: { a: "one", b: "two" }, list: ["z"] },
  }],
];

for (const [flags, args] of FORMS) {
  Deno.test(`${flags.join(" ")} arrives as ${JSON.stringify(args)}`, async () => {
    deepEqual(await echo(flags), { on: false, ...args });
  });
}

Deno.test("- takes JSON from stdin", async () => {
  deepEqual(await echo(input("-"), { stdin: '{"text":"piped"}' }), { on: false, text: "piped" });
});

Deno.test("--input-file - takes YAML from stdin, and --input goes over it", async () => {
  const stdin = "text: of stdin\ncount: 7\nlist: [x]\n";
  deepEqual(await echo(["--input-file", "-", ...input("count=8")], { stdin }), {
    ...{ text: "of stdin", count: 8, list: ["x"], on: false },
  });
});

for (
  const [stdin, flags, message] of [
    ["[1]", input("-"), /^Invalid JSON in --input: expected an object$/],
    ["{", input("-"), /^Invalid JSON in --input: /],
    ["{}", [...input("-"), "--input-file", "-"], /^Inputs can be read from stdin only once: /],
  ] as const
) {
  Deno.test(`${stdin} on stdin is refused with ${flags.join(" ")}: ${message.source}`, async () => {
    const run = ["model", "method", "run", "e", "echo", ...flags];
    match((await fails(repository, run, { stdin })).error, message);
  });
}

Deno.test("stdin is not read unless asked for", async () => {
  deepEqual(await echo([], { stdin: '{"text":"ignored"}' }), { on: false });
});

/** Flags that are refused, and what is said. */
const REFUSED: readonly (readonly [flags: readonly string[], message: RegExp])[] = [
  [input("bogus=1"), /bogus/],
  [input("txet=1"), /Did you mean "text"\?/],
  [input("__proto__.x=1"), /__proto__/],
  [input('{"constructor":1}'), /constructor/],
  [input("[1]"), /^Invalid input format: "\[1\]"\. Expected key=value format\.$/],
  [input('{"text":'), /^Invalid JSON in --input: /],
  [input("count=many"), /^Method arguments validation failed: .*expected number.* at "count"/],
  [input("whole=1.7"), /at "whole"/],
  [input("list=x"), /at "list"/],
  [input('nested={"b":"x"}'), /at "nested\.a"/],
  [["--input-file", "nofile.yaml"], /^Input file not found: nofile\.yaml$/],
  [["--input-file", "broken.yaml"], /^Failed to read input file: /],
  [
    ["--input-file", "list.yaml"],
    /^Failed to read input file: Input file must contain a YAML object/,
  ],
  [["--input-file", "scalar.yaml"], /Input file must contain a YAML object/],
  [["--input-file", "empty.yaml"], /Input file must contain a YAML object/],
];

for (const [flags, message] of REFUSED) {
  Deno.test(`${flags.join(" ")} is refused: ${message.source}`, async () => {
    const { error, hint } = await fails(repository, [
      "model",
      "method",
      "run",
      "e",
      "echo",
      ...flags,
    ]);
    match(hint === undefined ? error : `${error}\n${hint}`, message);
  });
}

Deno.test("all wrong arguments are told at once", async () => {
  const { error } = await fails(repository, [
    ...["model", "method", "run", "e", "echo", ...input("count=x", "on=maybe")],
  ]);
  match(error, /at "count"; .* at "on"$/);
});

const DECLARED = `inputs:
  type: object
  additionalProperties: false
  required: [who]
  properties:
    who: { type: string, minLength: 2, pattern: "^[a-z]+$" }
    count: { type: integer, minimum: 1 }
    ratio: { type: number }
    on: { type: boolean }
    mode: { type: string, enum: [a, b], default: a }
    list: { type: array, minItems: 1, maxItems: 2, uniqueItems: true, items: { type: string } }
    obj:
      type: object
      additionalProperties: false
      required: [k]
      properties: { k: { type: string } }
`;

/** Writes a definition that declares inputs, and gives its name. */
function declaring(inputs: string, methodArguments: string): string {
  const id = crypto.randomUUID();
  repository.write(
    `models/@acme/echo/${id}.yaml`,
    `type: '@acme/echo'\nid: ${id}\nname: m-${id}\nversion: 1\n` +
      `methods: { echo: { arguments: ${methodArguments} } }\n${inputs}`,
  );
  return `m-${id}`;
}

/** Values of declared inputs → the line of the failure. */
const PROBLEMS: readonly (readonly [inputs: Record<string, unknown>, line: string | RegExp])[] = [
  [{ count: "x" }, "count must be an integer"],
  [{ count: "1.7" }, "count must be an integer"],
  [{ count: 0 }, /^count must be /],
  [{ ratio: "x" }, "ratio must be a number"],
  [{ on: "maybe" }, "on must be a boolean"],
  [{ who: 5 }, "who must be a string"],
  [{ who: "a" }, /^who must /],
  [{ who: "ABC" }, /^who must /],
  [{ who: null }, "who cannot be null or undefined"],
  [{ mode: "c" }, 'mode must be one of: "a", "b"'],
  [{ list: "x" }, "list must be a array"],
  [{ list: [] }, "list must have at least 1 item"],
  [{ list: ["a", "b", "c"] }, "list must have at most 2 items"],
  [{ list: ["a", "a"] }, "list must have unique items"],
  [{ list: [1] }, "list[0] must be a string"],
  [{ obj: {} }, "obj.k is required"],
  [{ obj: { k: "x", z: 1 } }, "obj.z is not a valid property"],
  [{ nope: 1 }, "nope is not a valid input property"],
];

for (const [inputs, line] of PROBLEMS) {
  Deno.test(`declared inputs refuse ${JSON.stringify(inputs)}: ${line}`, async () => {
    const model = declaring(DECLARED, "{ text: stored }");
    const { error } = await fails(repository, [
      ...["model", "method", "run", model, "echo", ...input(JSON.stringify(inputs))],
    ]);
    const [first, ...lines] = error.split("\n");
    equal(first, "Input validation failed:");
    equal(lines.length, 1, error);
    if (typeof line === "string") equal(lines[0], `  ${line}`);
    else match(lines[0].slice(2), line);
  });
}

Deno.test("a required input counts when the method's stored arguments use it", async () => {
  const model = declaring(DECLARED, '{ text: "hello ${{ inputs.who }}" }');
  const { error } = await fails(repository, ["model", "method", "run", model, "echo"]);
  equal(error, "Input validation failed:\n  who is required");
});

Deno.test("a required input that no argument of the method uses may be left out", async () => {
  const model = declaring(DECLARED, "{ text: stored }");
  const { dataArtifacts } = await succeeds(repository, ["model", "method", "run", model, "echo"]);
  deepEqual(dataArtifacts[0].attributes, { text: "stored", on: false });
});

Deno.test("declared inputs do not become arguments, others do and beat stored ones", async () => {
  const model = declaring(
    "inputs: { properties: { who: { type: string } } }\n",
    "{ text: stored }",
  );
  const { dataArtifacts } = await succeeds(repository, [
    ...["model", "method", "run", model, "echo", ...input("who=x", "text=given", "count=1")],
  ]);
  deepEqual(dataArtifacts[0].attributes, { text: "given", count: 1, on: false });
});

Deno.test("inputs of a run are not written into the definition", async () => {
  const model = declaring("", "{ text: stored }");
  const { path } = await succeeds(repository, ["model", "get", model]);
  const before = Deno.readTextFileSync(path);
  await succeeds(repository, ["model", "method", "run", model, "echo", ...input("text=given")]);
  equal(Deno.readTextFileSync(path), before);
  ok(before.includes("stored"));
});
