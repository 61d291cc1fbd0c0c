import assert from "node:assert/strict";
import type { Definition } from "../../../../src/domain/models/definition.ts";
import type { ModelType, UpgradeDefinition } from "../../../../src/domain/models/model_type.ts";
import { upgradedDefinition } from "../../../../src/libswamp/models/definition_upgrade.ts";

const DEFINITION: Definition = {
  type: "@acme/thing",
  id: "2ed368ef-ec52-41ca-9585-7cdcef9c1823",
  name: "t1",
  version: 1,
  tags: {},
  globalArguments: { region: "${{ inputs.region }}" },
  methods: { sync: { arguments: { n: "${{ 1 + 2 }}" } } },
};

const step = (toVersion: string): UpgradeDefinition => ({
  toVersion,
  description: "",
  upgradeAttributes: (old) => ({ ...old, steps: `${old.steps ?? ""}${toVersion} ` }),
});

function typeWith(upgrades: readonly UpgradeDefinition[]): ModelType {
  return {
    raw: "@acme/thing",
    type: "@acme/thing",
    version: upgrades.at(-1)?.toVersion ?? "2026.01.01.1",
    ...{ resources: {}, files: {}, methods: {}, checks: {}, reports: [], upgrades },
  };
}

const TYPE = typeWith([step("2026.01.01.1"), step("2026.01.01.10"), step("2026.02.01.1")]);

Deno.test("only steps newer than the file's version are taken, in order", () => {
  const upgraded = upgradedDefinition({ ...DEFINITION, typeVersion: "2026.01.01.9" }, TYPE);
  assert.equal(upgraded?.globalArguments.steps, "2026.01.01.10 2026.02.01.1 ");
  assert.equal(upgraded?.typeVersion, "2026.02.01.1");
});

Deno.test("a file without a version takes every step", () => {
  const upgraded = upgradedDefinition(DEFINITION, TYPE);
  assert.equal(upgraded?.globalArguments.steps, "2026.01.01.1 2026.01.01.10 2026.02.01.1 ");
});

Deno.test("expressions stay expressions, and methods stay as they are", () => {
  const upgraded = upgradedDefinition(DEFINITION, TYPE);
  assert.equal(upgraded?.globalArguments.region, "${{ inputs.region }}");
  assert.deepEqual(upgraded?.methods, DEFINITION.methods);
});

Deno.test("there is nothing to do for a current file or a type without steps", () => {
  assert.equal(upgradedDefinition({ ...DEFINITION, typeVersion: "2026.02.01.1" }, TYPE), undefined);
  assert.equal(upgradedDefinition(DEFINITION, typeWith([])), undefined);
});

Deno.test("a step cannot change the definition that it is given", () => {
  const greedy = typeWith([{
    toVersion: "2026.01.01.1",
    description: "",
    upgradeAttributes: (old) => {
      delete old.region;
      return old;
    },
  }]);
  upgradedDefinition(DEFINITION, greedy);
  assert.equal(DEFINITION.globalArguments.region, "${{ inputs.region }}");
});

Deno.test("a step that fails is named", () => {
  const failing = typeWith([{
    toVersion: "2026.01.01.1",
    description: "",
    upgradeAttributes: () => {
      throw new Error("no way");
    },
  }]);
  assert.throws(() => upgradedDefinition(DEFINITION, failing), {
    code: "upgrade_failed",
    message: 'Could not upgrade "t1" to version 2026.01.01.1 of @acme/thing: no way',
  });
});

for (
  const [what, given, reason] of [
    ["a promise", () => Promise.resolve({}), "upgradeAttributes must not be async"],
    [
      "a rejected promise",
      () => Promise.reject(new Error("x")),
      "upgradeAttributes must not be async",
    ],
    ["a list", () => [], "upgradeAttributes gave no map"],
    ["nothing", () => undefined, "upgradeAttributes gave no map"],
  ] as const
) {
  Deno.test(`a step that gives ${what} is refused, and no argument is lost`, () => {
    const upgradeAttributes = given as unknown as UpgradeDefinition["upgradeAttributes"];
    const type = typeWith([{ toVersion: "2026.01.01.1", description: "", upgradeAttributes }]);
    assert.throws(() => upgradedDefinition(DEFINITION, type), {
      message: `Could not upgrade "t1" to version 2026.01.01.1 of @acme/thing: ${reason}`,
    });
  });
}
