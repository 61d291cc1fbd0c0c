import { deepEqual, equal, match, ok } from "node:assert/strict";
import { method, sourceOf } from "../model_source.ts";
import { fails, succeeds } from "../outcomes.ts";
import { Repository, type Run } from "../swamp.ts";

const SECRET = `p@ss "word" it's $HOME`;

/** A repository with a vault `v` that has the secret `k`, and the type `@acme/net`. */
const shared = await Repository.create();
shared.write(
  "extensions/models/net.ts",
  sourceOf("@acme/net", {
    globalArguments: "z.object({ cidr: z.string().optional() }).passthrough()",
    resources: `{
      state: {
        schema: z.object({ id: z.string(), ports: z.array(z.number()) }),
        lifetime: "infinite",
        garbageCollection: 5,
      },
    }`,
    methods: `{
      ${
      method(
        "create",
        'return { dataHandles: [await context.writeResource("state", "main", ' +
          "{ id: context.globalArgs.cidr, ports: [80, 443] })] };",
      )
    }
      ${
      method(
        "show",
        "if (args.secret) { console.log(args.secret); context.logger.warn(`got ${args.secret}`); } " +
          "if (args.fail) throw new Error(`cannot use ${args.secret}`); " +
          'return { dataHandles: [await context.writeResource("state", "shown", { ...args })] };',
        "z.object({}).passthrough()",
      )
    }
      ${method("read", "return { n: context.globalArgs.cidr.length };")}
    }`,
  }),
);
await succeeds(shared, ["vault", "create", "local_encryption", "v"]);
await shared.run(["vault", "put", "v", "k"], { stdin: SECRET });
Deno.test.afterAll(() => shared[Symbol.dispose]());

let count = 1;

/** Writes a definition by hand into the shared repository, and gives its name. */
function defined(type: string, more: string, name = `m-${count++}`): string {
  const id = crypto.randomUUID();
  shared.write(
    `models/${type}/${id}.yaml`,
    `type: '${type}'\nid: ${id}\nname: '${name}'\nversion: 1\n${more}`,
  );
  return name;
}

/** The global arguments of a model after `model evaluate`. */
async function evaluated(name: string): Promise<Run["json"]> {
  return (await succeeds(shared, ["model", "evaluate", name])).globalArguments;
}

/** A shell model that runs a script. */
function script(run: string): string {
  return defined(
    "command/shell",
    `methods:\n  execute:\n    arguments:\n      run: ${JSON.stringify(run)}\n`,
  );
}

/** What a shell model printed. */
async function output(name: string, args: readonly string[] = []): Promise<string> {
  const { dataArtifacts } = await succeeds(shared, [
    "model",
    "method",
    "run",
    name,
    "execute",
    ...args,
  ]);
  return dataArtifacts.find((one: { name: string }) => one.name === "result").attributes.stdout;
}

Deno.test("model evaluate puts values in the place of expressions and keeps the result", async () => {
  const name = defined(
    "@acme/net",
    `tags: { env: dev }
globalArguments:
  cidr: 10.\${{ 1 + 2 }}.0.0/\${{ 8 * 2 }}
  two: \${{ self.name }}\${{ self.tags.env }}
  list: \${{ [1, 2].map(i, i + 1) }}
  home: \${{ env.HOME }}
  secret: x-\${{ vault.get(v, k) }}
`,
  );
  const document = await succeeds(shared, ["model", "evaluate", name]);
  deepEqual(document.globalArguments, {
    cidr: "10.3.0.0/16",
    two: `${name}dev`,
    list: [2, 3],
    home: "${{ env.HOME }}",
    secret: "x-${{ vault.get(v, k) }}",
  });
  equal(document.hadExpressions, true);
  ok(document.outputPath.endsWith(`/.swamp/definitions-evaluated/@acme/net/${document.id}.yaml`));
  match(await Deno.readTextFile(document.outputPath), /cidr: 10\.3\.0\.0\/16/);
});

Deno.test("a model refers to others and to their data, by name and in the order that this needs", async () => {
  const net = defined("@acme/net", "globalArguments: { cidr: '10.0.0.0/${{ 8 + 8 }}' }\n");
  await succeeds(shared, ["model", "method", "run", net, "create"]);
  const name = defined(
    "@acme/net",
    `globalArguments:
  cidr: \${{ model.${net}.input.globalArguments.cidr }}
  id: \${{ data.latest("${net}", "main").attributes.id }}
  port: \${{ data.latest("${net}", "main").attributes.ports[1] + 1 }}
  old: \${{ model.${net}.resource.state.main.attributes.id }}
  count: \${{ data.findBySpec("${net}", "state").size() }}
  found: '\${{ data.query("modelName == \\"${net}\\" && dataType == \\"resource\\"", "name") }}'
`,
  );
  deepEqual(await evaluated(name), {
    cidr: "10.0.0.0/16",
    id: "10.0.0.0/16",
    port: 444,
    old: "10.0.0.0/16",
    count: 1,
    found: ["main"],
  });
});

Deno.test("expressions without a value are reported, and syntax errors fail with their place", async () => {
  const name = defined("@acme/net", "globalArguments:\n  cidr: ${{ self.nmae }}\n");
  const { unresolved } = await succeeds(shared, ["model", "evaluate", name]);
  equal(unresolved.length, 1);
  equal(unresolved[0].path, "globalArguments.cidr");
  equal(unresolved[0].expression, "${{ self.nmae }}");
  equal(unresolved[0].reason, 'No such key: nmae. Did you mean "name"?');
  deepEqual([unresolved[0].line, unresolved[0].column], [6, 18]);
  const wrong = defined("@acme/net", "globalArguments:\n  cidr: x ${{ 1 + }}\n");
  const { error } = await fails(shared, ["model", "evaluate", wrong]);
  match(error, /globalArguments\.cidr \(models\/@acme\/net\/.*\.yaml:6:18\): Unexpected token/);
});

Deno.test("cycles are named with their way", async () => {
  using repository = await Repository.create();
  for (const [name, other] of [["cy-a", "cy-b"], ["cy-b", "cy-a"]]) {
    const id = crypto.randomUUID();
    repository.write(
      `models/command/shell/${id}.yaml`,
      `id: ${id}\nname: ${name}\nversion: 1\n` +
        `globalArguments: { x: '\${{ model.${other}.input.globalArguments.x }}' }\n`,
    );
  }
  const { error } = await fails(repository, ["model", "evaluate"]);
  equal(error, "Cyclic dependency detected: cy-a -> cy-b -> cy-a");
});

Deno.test("model evaluate without a name, or with --all, evaluates all definitions", async () => {
  using repository = await Repository.create();
  deepEqual(await succeeds(repository, ["model", "evaluate"]), {
    items: [],
    total: 0,
    evaluated: 0,
  });
  const id = crypto.randomUUID();
  repository.write(
    `models/no/such/${id}.yaml`,
    `id: ${id}\nname: a\nversion: 1\nglobalArguments: { x: '\${{ 1 }}' }\n`,
  );
  await succeeds(repository, ["model", "create", "command/shell", "b"]);
  const { items, total, evaluated: counted } = await succeeds(repository, [
    "model",
    "evaluate",
    "--all",
  ]);
  deepEqual(items.map(({ name, hadExpressions }: Run["json"]) => [name, hadExpressions]), [
    ["a", true],
    ["b", false],
  ]);
  deepEqual([total, counted], [2, 1]);
  match((await fails(repository, ["model", "evaluate", "a", "--all"])).error, /--all/);
  match((await fails(repository, ["model", "evaluate", "zz"])).error, /^Model not found: zz/);
});

Deno.test("a run evaluates inputs, environment and secrets, also in one expression", async () => {
  const name = script(
    "echo ${{ env.GREETING + ' ' + inputs.who + ' ' + self.name }} ${{ inputs.n }}",
  );
  const run = await shared.run(
    ["model", "method", "run", name, "execute", "--json", "--input", "who=you", "--input", "n=3"],
    { env: { GREETING: "hello" } },
  );
  equal(run.code, 0, run.stderr);
  const [result] = run.json.dataArtifacts;
  equal(result.attributes.stdout, `hello you ${name} 3`);
  const usage = run.json.warnings.find(({ code }: Run["json"]) => code === "env_var_usage");
  deepEqual(usage.envVars, [{ path: "methods.execute.arguments.run", envVar: "GREETING" }]);
});

Deno.test("the shell gets a secret unharmed in every quoting, and never on a command line", async () => {
  const name = script(
    [
      "printf '%s\\n' ${{ vault.get(v, k) }} | wc -c",
      `printf '%s\\n' "<\${{ vault.get('v', k) }}>" | wc -c`,
      "printf '%s\\n' '<${{ vault.get(v, `k`) }}>' | wc -c",
      "tr '\\0' '\\n' < /proc/$$/cmdline | grep -c 'p@ss' || true",
      "echo ${{ vault.get(v, k) }}",
    ].join("\n"),
  );
  const length = SECRET.length + 1;
  const [plain, double, single, leaked, shown] = (await output(name)).split("\n");
  deepEqual([plain, double, single].map(Number), [length, length + 2, length + 2]);
  // The command that looks for it is the only line that has it.
  equal(leaked, "1");
  equal(shown, "***");
});

Deno.test("a secret is in no output, no log, no record, no data and no error", async () => {
  const name = defined(
    "@acme/net",
    "methods:\n  show:\n    arguments: { secret: '${{ vault.get(v, k) }}' }\n",
  );
  for (
    const mode of [[], ["--json"], ["--json", "--input", "fail:json=true"], [
      "--log-level",
      "trace",
      "--input",
      "fail:json=true",
    ]]
  ) {
    const { stdout, stderr } = await shared.run(["model", "method", "run", name, "show", ...mode]);
    ok(!(stdout + stderr).includes("p@ss"), stdout + stderr);
    ok((stdout + stderr).includes("***"), stdout + stderr);
  }
  const found = await new Deno.Command("grep", {
    args: ["-rl", "--", 'p@ss "', shared.path(".swamp")],
  })
    .output();
  equal(new TextDecoder().decode(found.stdout), "");
});

Deno.test("secrets in --input values are put in, other expressions in them are not", async () => {
  const name = script("printf %s ${{ inputs.a }} | wc -c; echo '${{ inputs.b }}'");
  const [length, text] = (await output(name, [
    ...["--input", "a=${{ vault.get(v, k) }}", "--input", "b=${{ self.name }}"],
  ])).split("\n");
  equal(Number(length), SECRET.length);
  equal(text, "${{ self.name }}");
});

Deno.test("failures of secrets say what is missing, and leave a record", async () => {
  const cases = [
    [
      "vault.get(v, nokey)",
      /^Method execution failed: Failed to resolve vault expression vault\.get\(v, nokey\): Secret 'nokey' not found in local vault 'v'/,
    ],
    [
      "vault.get(nov, k)",
      /^Method execution failed: Failed to resolve vault expression vault\.get\(nov, k\): Vault 'nov' not found\. Available vaults: v\.\nCreate 'nov' using: swamp vault create <type> nov/,
    ],
    [
      "env.NO_SUCH_VARIABLE",
      /^Method execution failed: Invalid expression: No such key: NO_SUCH_VARIABLE/,
    ],
    ["nosuch.x", /^Method execution failed: Invalid expression: Unknown variable: nosuch/],
  ] as const;
  for (const [source, expected] of cases) {
    const name = script(`echo \${{ ${source} }}`);
    const document = await fails(shared, ["model", "method", "run", name, "execute"]);
    match(document.error, expected);
    match(
      document.error,
      /methods\.execute\.arguments\.run \(models\/command\/shell\/.*\.yaml:8:\d+\)/,
    );
    equal(document.status, "failed");
    const record = await Deno.readTextFile(document.logFile.replace(/\.log$/, ".yaml"));
    match(record, /^status: failed$/m);
  }
});

Deno.test("--last-evaluated uses the values of the last evaluation", async () => {
  const name = script("echo ${{ inputs.who }} ${{ env.GREETING + inputs.who }}");
  const run = (flags: string[]) =>
    shared.run(["model", "method", "run", name, "execute", "--json", ...flags], {
      env: { GREETING: "hi-" },
    });
  const { error } = await fails(shared, [
    ...["model", "method", "run", name, "execute", "--last-evaluated"],
  ]);
  equal(error, `No previously evaluated definition found for "${name}".`);
  equal((await run(["--input", "who=me"])).code, 0);
  const again = await run(["--last-evaluated"]);
  equal(again.json.dataArtifacts[0].attributes.stdout, "me hi-me", again.stderr);
});

Deno.test("a global argument without a value only fails the method that reads it", async () => {
  const name = defined("@acme/net", "globalArguments: { cidr: '${{ inputs.cidr }}' }\n");
  const { warnings } = await succeeds(shared, ["model", "method", "run", name, "show"]);
  equal(warnings[0].path, "globalArguments.cidr");
  const { error } = await fails(shared, ["model", "method", "run", name, "read"]);
  equal(
    error,
    "Unresolved expression in globalArguments.cidr: ${{ inputs.cidr }} (No such key: cidr)",
  );
  await succeeds(shared, ["model", "method", "run", name, "read", "--input", "cidr=x"]);
});

Deno.test("model validate finds what cannot be, and leaves alone what can", async () => {
  const net = defined("@acme/net", "");
  const good = defined(
    "@acme/net",
    `globalArguments:
  cidr: \${{ model.${net}.resource.state.main.attributes.ports[0] }}
  more: '\${{ size(data.findBySpec("${net}", "state")) > 0 ? self.id : inputs["x"] }}'
`,
  );
  equal((await succeeds(shared, ["model", "validate", good])).passed, true);
  const bad = defined(
    "@acme/net",
    `globalArguments:
  attribute: \${{ model.${net}.resource.state.main.attributes.prots }}
  model: \${{ model.nosuch.input.name }}
  syntax: \${{ 1 + }}
  dollar: '{{ self.name }}'
`,
  );
  const { code, json } = await shared.run(["model", "validate", bad, "--json"]);
  equal(code, 1);
  const { error } = json.validations.find(({ name }: Run["json"]) => name === "Expression paths");
  ok(
    error.includes(
      '    Property "prots" not found\n    Did you mean "ports" instead of "prots"?\n    Available: id, ports',
    ),
    error,
  );
  ok(error.includes('    Referenced model "nosuch" not found'), error);
  match(
    error,
    / {4}Syntax error at "globalArguments\.syntax" \(models\/.*:8:\d+\): Unexpected token/,
  );
  ok(error.includes("Expression uses {{...}} instead of ${{...}}"), error);
});

Deno.test("people read where an expression failed", async () => {
  const name = script("echo ${{ self.nmae }}");
  const { code, stderr } = await shared.run(["model", "method", "run", name, "execute"]);
  equal(code, 1);
  match(
    stderr,
    /error: Method execution failed: Invalid expression: No such key: nmae\. Did you mean "name"\?/,
  );
  match(
    stderr,
    /methods\.execute\.arguments\.run \(models\/command\/shell\/.*\.yaml:8:27\): \$\{\{ self\.nmae \}\}/,
  );
});
