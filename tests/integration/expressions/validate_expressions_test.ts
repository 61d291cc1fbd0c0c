import { deepEqual, equal, ok } from "node:assert/strict";
import { problemOf } from "./expression_check.ts";
import { withExpressions } from "./expression_lab.ts";

const VALID = [
  "1 + 2",
  "'a' + string(1)",
  "true && self.version == 1",
  "self.id + self.tags.env",
  "self.globalArguments.size()",
  "has(self.globalArguments.nope) ? 1 : 2",
  "inputs.anything",
  'inputs["x"]',
  "env.NOT_SET_ANYWHERE",
  "vault.get(my-vault, some-key)",
  "model.my-src.input.globalArguments.region",
  'model["my-src"].definition.globalArguments.extra',
  "model.my-src.definition.inputs",
  "model.my-src.resource.st.main.attributes.a",
  "model.my-src.resource.st.main.attributes.list[0].id",
  "model.my-src.resource.st.main.attributes.list.size()",
  "model.my-src.resource.st.main.attributes.list.map(i, i.anything)",
  "model.my-src.resource.st.main.attributes.labels.whatever",
  "model.my-src.resource.st.main.attributes.open.base.deeper",
  "model.my-src.resource.st.main.attributes.either.y",
  "model.my-src.resource.loose.main.attributes.base",
  "model.my-src.resource.st.main.modelName",
  "has(self.tags.gone)",
  "has(data.latest('m', 'n').attributes.gone)",
  "model.my-src.file.doc.d1.path",
  "model.my-src.execution.status",
  'data.latest("whoever", "x").attributes.anything',
  'data.findBySpec("my-src", "st")[0].attributes.a',
  "size(data.query('modelName == \"my-src\"'))",
  'file.contents("my-src", "doc")',
  "int(inputs.n) + 1",
  "[1, 2].map(model, model + 1)",
];

Deno.test("expressions that can be evaluated are no problem", () =>
  withExpressions(async (lab) => {
    const id = await lab.define("my-src", "globalArguments: { extra: 1 }\n");
    for (
      const source of [...VALID, `model.${id}.resource.st.main.id`, `model["${id}"].input.name`]
    ) {
      equal(await problemOf(lab, `\${{ ${source} }}`), undefined, source);
    }
  }));

const INVALID: readonly (readonly [string, ...string[]])[] = [
  ["model.nosuch.input.name", 'Referenced model "nosuch" not found'],
  [
    "model.my-scr.input.name",
    'Referenced model "my-scr" not found',
    'Did you mean "my-src"?',
  ],
  [
    "model.my-src.resource.nospec.x.id",
    'Unknown resource spec "nospec" on model "my-src"',
    "Available resource specs: st, loose",
  ],
  [
    "model.my-src.file.dok.x.id",
    'Unknown file spec "dok" on model "my-src"',
    'Did you mean "doc" instead of "dok"?',
    "Available file specs: doc",
  ],
  [
    "model.my-src.resource.st.main.foo",
    'Invalid field "foo" on resource "st"',
    "Resource records have: id, name, version, createdAt, attributes, tags",
  ],
  [
    "model.my-src.file.doc.d.foo",
    'Invalid field "foo" on file "doc"',
    "File records have: id, version, createdAt, path, size, contentType",
  ],
  [
    "model.my-src.resource.st.main.attributes.lst",
    'Property "lst" not found',
    'Did you mean "list" instead of "lst"?',
    "Available: a, list, nested, labels, open, either",
  ],
  [
    "model.my-src.resource.st.main.attributes.nested.kk",
    'Property "kk" not found at path "nested"',
    'Did you mean "k" instead of "kk"?',
    "Available: k",
  ],
  [
    "model.my-src.resource.st.main.attributes.a[0]",
    'Cannot use array index [0] on non-array type at path "a"',
  ],
  [
    "1 + model.my-src.input.globalArguments.regoin.size()",
    'Property "regoin" not found',
    'Did you mean "region" instead of "regoin"?',
    "Available: extra, region",
  ],
  [
    "model.my-src.input.attributes",
    'Invalid path segment "attributes". Expected "globalArguments"',
    'Did you mean "globalArguments" instead of "attributes"?',
  ],
  [
    "model.my-src.execution.foo",
    'Invalid path segment "foo" for execution',
    "Execution has: id, methodName, status, startedAt, completedAt, durationMs, error",
  ],
  [
    "self.foo",
    'Invalid self reference segment "foo". Valid segments: name, version, tags, globalArguments',
  ],
];

Deno.test("paths that lead nowhere are named, with what was probably meant", () =>
  withExpressions(async (lab) => {
    await lab.define("my-src", "globalArguments: { extra: 1 }\n");
    for (const [source, ...lines] of INVALID) {
      const expression = `\${{ ${source} }}`;
      const expected = [`  - ${expression}`, ...lines.map((line) => `    ${line}`)].join("\n");
      equal(await problemOf(lab, expression), expected, source);
    }
  }));

Deno.test("what an expression only asks for need not be there", () =>
  withExpressions(async (lab) => {
    for (const name of ["src", "my-src"]) {
      await lab.define(name, "");
      const gone = `model.${name}.resource.st.main.attributes.gone`;
      equal(await problemOf(lab, `\${{ has(${gone}) ? ${gone} : 1 }}`), undefined);
      ok(await problemOf(lab, `\${{ has(${gone}) ? 1 : ${gone}s }}`));
    }
  }));

Deno.test("names that mean nothing are refused, with a way to say it", () =>
  withExpressions(async (lab) => {
    const [first, ...lines] = (await problemOf(lab, "${{ my-src.a }}"))!.split("\n");
    equal(first, "  - ${{ my-src.a }}");
    deepEqual(lines, [
      '    Invalid expression "my-src.a" at "globalArguments.x". Missing "model." prefix and path ' +
      "structure",
      "    Use: model.my-src.resource.<specName>.<instanceName>.attributes.a or " +
      "model.my-src.definition.globalArguments.a",
    ]);
    const bogus = await problemOf(lab, "${{ bogus }}");
    ok(
      bogus?.includes(
        'Invalid expression "bogus" at "globalArguments.x". Expression must reference model, self, ' +
          "or env\n    Use: ",
      ),
      bogus,
    );
    const now = await problemOf(lab, "${{ now() }}");
    ok(
      now?.includes(
        'Expression "now()" at "globalArguments.x" does not contain valid model, self, or env ' +
          "references\n    Expressions should use: ",
      ),
      now,
    );
    const modle = await problemOf(lab, "${{ 'a' + modle.x }}");
    ok(modle?.includes('Did you mean "model"?'), modle);
  }));

Deno.test("a syntax error is named with its line and column in the file", () =>
  withExpressions(async (lab) => {
    const error = await problemOf(lab, "a ${{ self.name + }}");
    ok(
      /Syntax error at "globalArguments\.x" \(models\/.*\.yaml:5:24\): Unexpected token: EOF/.test(
        error!,
      ),
      error,
    );
    const open = await problemOf(lab, "a ${{ self.name");
    ok(/Syntax error at .*: The expression has no end: }} is missing/.test(open!), open);
  }));

Deno.test("a model of a type that is not installed is named with its type", () =>
  withExpressions(async (lab) => {
    await Deno.mkdir(`${lab.layout.models}/@acme/gone`, { recursive: true });
    const id = crypto.randomUUID();
    await Deno.writeTextFile(
      `${lab.layout.models}/@acme/gone/${id}.yaml`,
      `id: ${id}\nname: lost\nversion: 1\n`,
    );
    equal(
      await problemOf(lab, "${{ model.lost.resource.st.main.id }}"),
      "  - ${{ model.lost.resource.st.main.id }}\n" +
        '    Unknown model type "@acme/gone" for model "lost"',
    );
  }));
