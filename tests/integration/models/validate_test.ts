import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { validateAllModels, validateModel } from "../../../src/libswamp/models/validate.ts";
import { minimalText, writeModel } from "../persistence/definition_samples.ts";
import { type DefinitionLab, withDefinitions } from "./definition_lab.ts";

const ALL = { labels: [], method: undefined };

/** What validating needs besides what a lab has. */
function checking(lab: DefinitionLab) {
  return {
    ...lab,
    openData: () => Promise.resolve(lab.data),
    repoDir: lab.layout.root,
    signal: () => new AbortController().signal,
  };
}

/** Validates a definition of `@acme/thing` with these further fields. */
async function validated(lab: DefinitionLab, fields: string, type = "@acme/thing") {
  await writeModel(lab.layout, `${type}/x.yaml`, minimalText("x") + fields);
  return await validateModel(checking(lab), "x", ALL);
}

const GOOD = "globalArguments: { region: eu }\n";

Deno.test("everything that is looked at is named, in a fixed order", () =>
  withDefinitions(async (lab) => {
    const document = await validated(lab, GOOD);
    deepEqual(document.validations, [
      { name: "Definition schema", passed: true },
      { name: "Global arguments", passed: true },
      { name: "Method arguments", passed: true },
      { name: "Expression paths", passed: true },
      { name: "Check selection", passed: true },
      { name: "Check: zone", passed: true },
    ]);
    deepEqual(document.warnings, []);
    equal(document.checksNotRun, undefined);
    equal(document.passed, true);
  }));

const FAILING: readonly [string, string, string, string][] = [
  [
    "global arguments",
    "globalArguments: { size: x }\n",
    "Global arguments",
    'Invalid input: expected string, received undefined at "region"; ' +
    'Invalid input: expected number, received string at "size"',
  ],
  [
    "global arguments beside an expression",
    "globalArguments: { region: '${{ inputs.r }}', size: x }\n",
    "Global arguments",
    'Invalid input: expected number, received string at "size"',
  ],
  [
    "stored method arguments",
    `${GOOD}methods: { sync: { arguments: { n: x } } }\n`,
    "Method arguments",
    'Method "sync": Invalid input: expected number, received string at "n"',
  ],
  [
    "a method that the type does not have",
    `${GOOD}methods: { snyc: {} }\n`,
    "Method arguments",
    `Method "snyc": Unknown method for type '@acme/thing'. Did you mean "sync"?`,
  ],
  [
    "an expression without its dollar",
    "globalArguments: { region: '{{ self.name }}' }\n",
    "Expression paths",
    '  - {{ self.name }}\n    Expression uses {{...}} instead of ${{...}} at "region"\n' +
    '    Add "$" prefix: ${{...}}\n    at models/@acme/thing/x.yaml:4:29',
  ],
  [
    "an expression with one brace",
    `${GOOD}methods: { sync: { arguments: { n: '\${x}' } } }\n`,
    "Expression paths",
    '  - ${x}\n    Expression uses ${...} instead of ${{...}} at "sync.arguments.n"\n' +
    "    Use double braces: ${{...}}\n    at models/@acme/thing/x.yaml:5:37",
  ],
  [
    "inputs whose defaults and patterns cannot be",
    `${GOOD}inputs: { properties: { a: { type: string, default: 5 }, ` +
    `b: { type: array, minItems: 2, default: [1] }, c: { pattern: "[", default: x } } }\n`,
    "Definition schema",
    "The default of input a must be a string; The default of input b must have at least 2 items; " +
    "The pattern of input c is no regular expression: [",
  ],
  [
    "checks that the type does not have",
    `${GOOD}checks: { require: [zip], skip: [zap] }\n`,
    "Check selection",
    'Required check "zip" not found on model type "@acme/thing"; ' +
    'Skipped check "zap" not found on model type "@acme/thing"',
  ],
  [
    "a check that is both required and skipped",
    `${GOOD}checks: { require: [zone], skip: [zone] }\n`,
    "Check selection",
    'Check "zone" is in both require and skip lists — skip takes precedence',
  ],
];

for (const [what, fields, name, error] of FAILING) {
  Deno.test(`${what} fail the validation "${name}"`, () =>
    withDefinitions(async (lab) => {
      const { validations, passed } = await validated(lab, fields);
      equal(validations.find((validation) => validation.name === name)?.error, error);
      equal(passed, false);
    }));
}

Deno.test("values that are converted when a method runs are converted here too", () =>
  withDefinitions(async (lab) => {
    const fields = "globalArguments: { region: eu, size: '7' }\n" +
      "methods: { sync: { arguments: { n: '1' } } }\n";
    equal((await validated(lab, fields)).passed, true);
  }));

Deno.test("uses of the environment and arguments that nobody reads are warnings", () =>
  withDefinitions(async (lab) => {
    const document = await validated(
      lab,
      "globalArguments: { region: '${{ env.REGION }}', regoin: x }\n" +
        "methods: { sync: { arguments: { n: '${{ env.N }}' } } }\n",
    );
    equal(document.passed, true);
    deepEqual(document.warnings.map(({ name, envVars }) => [name, envVars]), [
      ["Environment variables detected", [
        { path: "globalArguments.region", envVar: "REGION" },
        { path: "methods.sync.arguments.n", envVar: "N" },
      ]],
      ["Unknown global arguments", undefined],
    ]);
    match(document.warnings[1]?.message ?? "", /regoin: Unknown argument. Did you mean "region"\?/);
  }));

Deno.test("inputs that are used and not declared are a warning, where any are declared", () =>
  withDefinitions(async (lab) => {
    const uses = "globalArguments: { region: '${{ inputs.regoin + inputs.region }}' }\n" +
      "tags: { x: \"${{ has(inputs.maybe) ? 'y' : 'n' }}\" }\n";
    deepEqual((await validated(lab, uses)).warnings, []);
    deepEqual(
      (await validated(lab, `${uses}inputs: { properties: { region: {} } }\n`)).warnings,
      [{
        name: "Undeclared inputs",
        message: 'inputs.regoin is not declared. Did you mean "region"?',
      }],
    );
  }));

Deno.test("a definition that is newer than its type is a warning", () =>
  withDefinitions(async (lab) => {
    deepEqual((await validated(lab, `${GOOD}typeVersion: 2030.01.01.1\n`)).warnings, [{
      name: "Older type",
      message: "The definition is of version 2030.01.01.1 of its type, but version 2026.01.02.1 " +
        "is installed.",
    }]);
  }));

Deno.test("fields that mean nothing are a warning, with what was probably meant", () =>
  withDefinitions(async (lab) => {
    const fields = GOOD + "drvier: docker\nmethods: { sync: { args: { n: 1 } } }\n";
    deepEqual((await validated(lab, fields)).warnings, [{
      name: "Unknown fields",
      message: 'Unknown field "drvier". Did you mean "driver"? ' +
        'Unknown field "methods.sync.args". They have no effect.',
    }]);
  }));

Deno.test("an id that another definition has too is reported", () =>
  withDefinitions(async (lab) => {
    const id = crypto.randomUUID();
    await writeModel(lab.layout, "@acme/plain/a.yaml", minimalText("a", id));
    await writeModel(lab.layout, "@acme/plain/b.yaml", minimalText("b", id));
    const { validations } = await validateModel(checking(lab), "a", ALL);
    deepEqual(validations[0], {
      name: "Definition schema",
      passed: false,
      error: `The id "${id}" is also used by models/@acme/plain/b.yaml`,
    });
  }));

Deno.test("a method or a label that names nothing is an error", () =>
  withDefinitions(async (lab) => {
    await lab.create("@acme/thing", "web", "region=eu");
    const labels = { labels: ["nolabel"], method: undefined };
    const method = { labels: [], method: "nope" };
    for (
      const validate of [
        (filter: typeof labels | typeof method) => validateModel(checking(lab), "web", filter),
        (filter: typeof labels | typeof method) => validateAllModels(checking(lab), filter),
      ]
    ) {
      await rejects(validate(labels), {
        code: "unknown_label",
        message: /^No check has the label 'nolabel'/,
      });
      await rejects(validate(method), { code: "unknown_method" });
    }
    await validateModel(checking(lab), "web", { labels: ["net"], method: "sync" });
  }));

Deno.test("one definition of a type that is not installed is an error", () =>
  withDefinitions(async (lab) => {
    await writeModel(lab.layout, "no/such/x.yaml", minimalText("x"));
    await rejects(validateModel(checking(lab), "x", ALL), {
      code: "type_not_found",
      message: "Model type not found: no/such",
    });
  }));

Deno.test("all definitions are counted, broken files and unknown types as failed", () =>
  withDefinitions(async (lab) => {
    await lab.create("@acme/thing", "good", "region=eu");
    await lab.create("@acme/thing", "incomplete");
    await writeModel(lab.layout, "no/such/x.yaml", minimalText("homeless"));
    await writeModel(lab.layout, "@acme/plain/bad.yaml", "name: bad\nid: [\n");
    const document = await validateAllModels(checking(lab), ALL);
    deepEqual(
      document.models.map(({ modelName, type, passed }) => [modelName, type, passed]),
      [
        ["bad", "@acme/plain", false],
        ["good", "@acme/thing", true],
        ["homeless", "no/such", false],
        ["incomplete", "@acme/thing", false],
      ],
    );
    match(document.models[0]?.validations[0]?.error ?? "", /^models\/@acme\/plain\/bad\.yaml: /);
    match(
      document.models[2]?.validations.at(-1)?.error ?? "",
      /^Model type not found: no\/such \(models\/no\/such\/x\.yaml\)$/,
    );
    deepEqual(
      [document.totalPassed, document.totalFailed, document.totalWarnings, document.passed],
      [1, 3, 0, false],
    );
  }));

Deno.test("an empty repository passes", () =>
  withDefinitions(async (lab) => {
    deepEqual(await validateAllModels(checking(lab), ALL), {
      models: [],
      totalPassed: 0,
      totalFailed: 0,
      totalWarnings: 0,
      passed: true,
    });
  }));
