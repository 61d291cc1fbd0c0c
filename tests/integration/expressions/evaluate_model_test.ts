import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { evaluateAllModels } from "../../../src/libswamp/models/evaluate.ts";
import { withExpressions } from "./expression_lab.ts";

Deno.test("a text that is one expression gets the value with its type", () =>
  withExpressions(async (lab) => {
    await lab.define(
      "a",
      `globalArguments:
  n: 5
  int: \${{ 7 / 2 }}
  float: \${{ self.globalArguments.n / 2 }}
  bool: \${{ self.version == 1 }}
  none: \${{ null }}
  list: \${{ [1, 2].map(i, i * 2) }}
  map: "\${{ {'a': {'b': 1}} }}"
  large: \${{ 9007199254740993 }}
  time: \${{ timestamp("2024-01-02T03:04:05Z") }}
  span: \${{ duration("90m") }}
  lines: |-
    \${{ [1, 2,
      3].size() }}
`,
    );
    deepEqual(await lab.values("a"), {
      n: 5,
      int: 3,
      float: 2.5,
      bool: true,
      none: null,
      list: [2, 4],
      map: { a: { b: 1 } },
      large: "9007199254740993",
      time: "2024-01-02T03:04:05.000Z",
      span: "5400s",
      lines: 3,
    });
  }));

Deno.test("in a text with more around them, expressions become text", () =>
  withExpressions(async (lab) => {
    await lab.define(
      "a",
      `globalArguments:
  two: \${{ self.name }}-\${{ self.version }}
  none: <\${{ null }}>
  list: "x \${{ [1, 2] }}"
  nested: { deep: ["a-\${{ self.name }}"] }
  braces: "\${{ '}}' + \\"{\\" }}!"
tags: { env: "\${{ self.name }}" }
methods: { go: { arguments: { run: "\${{ self.name }}" } } }
`,
    );
    deepEqual(await lab.values("a"), {
      two: "a-1",
      none: "<>",
      list: "x [\n  1,\n  2\n]",
      nested: { deep: ["a-a"] },
      braces: "}}{!",
    });
    const evaluated = await lab.runs.lastEvaluated("@acme/bag", (await lab.evaluate("a")).id);
    deepEqual(evaluated?.tags, { env: "a" });
    deepEqual(evaluated?.methods, { go: { arguments: { run: "a" } } });
  }));

Deno.test("an escape, and text of data that looks like an expression, stay what they are", () =>
  withExpressions(async (lab) => {
    await lab.define("src", "");
    await lab.write("src", "main", { text: "${{ env.HOME }} {{ x }}", dollar: "$" });
    await lab.define(
      "a",
      `globalArguments:
  escaped: $\${{ 1 }}
  data: \${{ data.latest("src", "main").attributes.text }}
  join: \${{ data.latest("src", "main").attributes.dollar }}\${{ env.HOME }}
`,
    );
    deepEqual(await lab.values("a"), {
      escaped: "$${{ 1 }}",
      data: "$${{ env.HOME }} {{ x }}",
      join: '${{ "$" }}${{ env.HOME }}',
    });
  }));

Deno.test("secrets, environment variables and inputs wait for a run, the rest of their expression does not", () =>
  withExpressions(async (lab) => {
    await lab.define(
      "a",
      `globalArguments:
  home: \${{ env.HOME }}/bin
  secret: \${{ vault.get(v, my-key) }}
  input: \${{ inputs.x }}
  guarded: '\${{ has(inputs.x) ? inputs.x : "d" }}'
  mixed: \${{ env.HOME + "/" + self.name + string(self.version) }}
  picked: '\${{ [1, 2].map(i, string(i) + env.HOME) }}'
`,
    );
    const { hadExpressions, unresolved, globalArguments } = await lab.evaluate("a");
    equal(hadExpressions, true);
    equal(unresolved, undefined);
    deepEqual(globalArguments, {
      home: "${{ env.HOME }}/bin",
      secret: "${{ vault.get(v, my-key) }}",
      input: "${{ inputs.x }}",
      guarded: '${{ has(inputs.x) ? inputs.x : "d" }}',
      mixed: '${{ env.HOME + "/" + dyn("a") + dyn("1") }}',
      picked: "${{ [1, 2].map(i, string(i) + env.HOME) }}",
    });
  }));

Deno.test("a definition sees others evaluated, whatever their order", () =>
  withExpressions(async (lab) => {
    const id = await lab.define(
      "my-net",
      `globalArguments:
  cidr: \${{ self.globalArguments.prefix }}.0/24
  prefix: 10.\${{ 1 + 1 }}.0
  home: \${{ env.HOME }}/x
inputs: { properties: { zone: { type: string, default: z1 } } }
`,
    );
    await lab.define(
      "mid",
      "globalArguments: { c: '${{ model.my-net.input.globalArguments.cidr }}' }\n",
    );
    await lab.define(
      "top",
      `globalArguments:
  viaMid: \${{ model.mid.definition.globalArguments.c }}
  byId: \${{ model.${id}.input.name }}
  index: \${{ model["my-net"].definition.inputs.properties.zone.default }}
  late: \${{ model.my-net.input.globalArguments.home }}/y
  size: \${{ model.my-net.input.globalArguments.home.size() }}
`,
    );
    deepEqual(await lab.values("top"), {
      viaMid: "10.2.0.0/24",
      byId: "my-net",
      index: "z1",
      late: "${{ env.HOME }}/x/y",
      size: '${{ (string(dyn(env.HOME)) + "/x").size() }}',
    });
  }));

Deno.test("a cycle is named with its way, also by the evaluation of one definition", () =>
  withExpressions(async (lab) => {
    const refer = (to: string) =>
      `globalArguments: { x: '\${{ model.${to}.input.globalArguments.x }}' }\n`;
    await lab.define("cy-a", refer("cy-b"));
    await lab.define("cy-b", refer("cy-c"));
    await lab.define("cy-c", refer("cy-a"));
    await lab.define("outside", refer("cy-b"));
    const way = "cy-a -> cy-b -> cy-c -> cy-a";
    const failure = { code: "cyclic_expression", message: `Cyclic dependency detected: ${way}` };
    await rejects(lab.evaluate("cy-a"), failure);
    await rejects(evaluateAllModels(lab), failure);
    await rejects(lab.evaluate("outside"), {
      message: "Cyclic dependency detected: cy-b -> cy-c -> cy-a -> cy-b",
    });
    await lab.define(
      "self",
      `globalArguments:\n  a: \${{ self.globalArguments.b }}\n  b: \${{ self.globalArguments.a }}\n`,
    );
    await rejects(lab.evaluate("self"), {
      message: 'Cyclic dependency detected in "self": globalArguments.a -> globalArguments.b -> ' +
        "globalArguments.a",
    });
  }));

Deno.test("models that only read each other's data form no cycle", () =>
  withExpressions(async (lab) => {
    const refer = (to: string) =>
      `globalArguments: { x: '\${{ model.${to}.resource.st.main.version }}' }\n`;
    await lab.define("a", refer("b"));
    await lab.define("b", refer("a"));
    await lab.write("a", "main", {});
    deepEqual(await lab.values("b"), { x: 1 });
  }));

Deno.test("arguments of methods may refer to models that refer to their own", () =>
  withExpressions(async (lab) => {
    await lab.define(
      "a",
      `globalArguments: { x: 1 }
methods: { go: { arguments: { y: '\${{ model.b.input.globalArguments.y }}' } } }
`,
    );
    await lab.define("b", "globalArguments: { y: '${{ model.a.input.globalArguments.x }}' }\n");
    const { id, unresolved } = await lab.evaluate("a");
    equal(unresolved, undefined);
    const evaluated = await lab.runs.lastEvaluated("@acme/bag", id);
    deepEqual(evaluated?.methods, { go: { arguments: { y: 1 } } });
  }));

Deno.test("expressions without a value stay, and are reported with place and reason", () =>
  withExpressions(async (lab) => {
    const id = await lab.define(
      "a",
      `globalArguments:
  region: eu
  typo: \${{ self.globalArguments.regoin }}
  gone: \${{ model.nosuch.input.name }}
  data: x \${{ data.latest("nosuch", "y").attributes.q }}
  type: \${{ "a" + 1 }}
`,
    );
    await lab.define("b", "globalArguments: { y: '${{ model.a.input.globalArguments.typo }}' }\n");
    const { unresolved, globalArguments } = await lab.evaluate("a");
    const file = `models/@acme/bag/${id}.yaml`;
    deepEqual(unresolved, [
      {
        path: "globalArguments.typo",
        expression: "${{ self.globalArguments.regoin }}",
        reason: 'No such key: regoin. Did you mean "region"?',
        ...{ file, line: 6, column: 34 },
      },
      {
        path: "globalArguments.gone",
        expression: "${{ model.nosuch.input.name }}",
        reason: 'Referenced model "nosuch" not found',
        ...{ file, line: 7, column: 19 },
      },
      {
        path: "globalArguments.data",
        expression: '${{ data.latest("nosuch", "y").attributes.q }}',
        reason: 'No such key: attributes. There is no data "y" of model "nosuch"',
        ...{ file, line: 8, column: 42 },
      },
      {
        path: "globalArguments.type",
        expression: '${{ "a" + 1 }}',
        reason: "no such overload: string + int",
        ...{ file, line: 9, column: 13 },
      },
    ]);
    equal(globalArguments.typo, "${{ self.globalArguments.regoin }}");
    const [dependent] = (await lab.evaluate("b")).unresolved ?? [];
    equal(
      dependent?.reason,
      'globalArguments.typo of "a" has no value: No such key: regoin. Did you mean "region"?',
    );
  }));

Deno.test("a syntax error fails with file, path, line and column", () =>
  withExpressions(async (lab) => {
    await lab.define("a", "globalArguments:\n  ok: ${{ 1 }}\n  x: a ${{ 1 + }}\n");
    await rejects(lab.evaluate("a"), (error: Error & { code: string }) => {
      equal(error.code, "invalid_expression");
      match(
        error.message,
        /^Invalid expression at globalArguments\.x \(models\/@acme\/bag\/.*\.yaml:6:15\): Unexpected token: EOF\n {4}\$\{\{ 1 \+ \}\}$/,
      );
      return true;
    });
    await lab.define("b", "globalArguments: { y: '${{ 2 }}' }\n");
    await rejects(evaluateAllModels(lab), { code: "invalid_expression" });
    deepEqual(
      (await lab.runs.lastEvaluated("@acme/bag", (await lab.definitions.find("b")).definition.id))
        ?.globalArguments,
      { y: 2 },
    );
  }));

Deno.test("all definitions are evaluated and counted, those without expressions too", () =>
  withExpressions(async (lab) => {
    await lab.define("b", "globalArguments: { x: '${{ 1 }}' }\n");
    await lab.define("a", "globalArguments: { x: 1 }\n");
    const { items, total, evaluated } = await evaluateAllModels(lab);
    deepEqual(items.map(({ name, hadExpressions }) => [name, hadExpressions]), [
      ["a", false],
      ["b", true],
    ]);
    deepEqual({ total, evaluated }, { total: 2, evaluated: 1 });
    for (const { outputPath } of items) equal((await Deno.stat(outputPath)).isFile, true);
  }));

Deno.test("old forms of references work with a warning", () =>
  withExpressions(async (lab) => {
    await lab.define("a", "");
    await lab.write("a", "main", { a: 1 });
    await lab.write("a", "d1", "text", {
      tags: { type: "file", specName: "doc" },
      contentType: "text/markdown",
    });
    await lab.define(
      "b",
      `globalArguments:
  res: \${{ model.a.resource.st.main.attributes.a }}
  file: \${{ model.a.file.doc.d1.contentType }} \${{ model.a.file.doc.d1.size }}
`,
    );
    deepEqual(await lab.values("b"), { res: 1, file: "text/markdown 4" });
    const { warnings = [] } = await lab.evaluate("b");
    equal(warnings.length, 3);
    equal(
      warnings[0]?.message,
      'Deprecated: expression "model.a.resource.st.main.attributes.a" uses model.*.resource or ' +
        "model.*.file which will be removed in a future release. Use data.latest() or " +
        "data.version() instead.",
    );
  }));
