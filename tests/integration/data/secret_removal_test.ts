import { deepEqual, equal, match } from "node:assert/strict";
import { z } from "zod";
import type { MethodContext } from "../../../src/domain/models/method_context.ts";
import { createLocks } from "../../../src/infrastructure/persistence/file_locks.ts";
import { collectGarbage, planGarbageCollection } from "../../../src/libswamp/data/gc.ts";
import { removeSecrets } from "../../../src/libswamp/data/secret_removal.ts";
import { renameData } from "../../../src/libswamp/data/rename.ts";
import { deleteModel, planDeletion } from "../../../src/libswamp/models/delete.ts";
import { type Lab, vaultsOf, withModel } from "../runs/method_runs.ts";
import { addVault, type MemoryVault, memoryVault } from "../vaults/memory_vault.ts";

const LOGIN = {
  schema: z.object({ password: z.string().meta({ sensitive: true }) }).passthrough(),
  lifetime: "infinite",
  garbageCollection: 2,
};

const method = (execute: (args: { text: string }, context: MethodContext) => unknown) => ({
  description: "Does it",
  arguments: z.object({ text: z.string().default("") }),
  execute: async (args: { text: string }, context: MethodContext) => {
    await execute(args, context);
    return {};
  },
});

const METHODS = {
  write: method(({ text }, context) => context.writeResource("login", "main", { password: text })),
  forget: method(({ text }, { dataRepository, modelType, modelId }) => {
    const { delete: forget } = dataRepository as {
      delete: (...place: unknown[]) => Promise<void>;
    };
    return forget(modelType, modelId, "main", ...(text === "" ? [] : [Number(text)]));
  }),
  destroy: { ...method(() => {}), kind: "delete" as const },
};

/** A model that has written so many versions of `main`, each with a secret in the vault `v`. */
function withVersions(
  count: number,
  test: (lab: Lab, vault: MemoryVault) => Promise<void>,
): Promise<void> {
  return withModel({ resources: { login: LOGIN }, methods: METHODS }, async (lab) => {
    await addVault(lab.layout, "v");
    for (let version = 1; version <= count; version++) {
      await lab.run("write", { inputs: { text: `secret ${version}` } });
    }
    const vault = memoryVault(lab.layout, "v");
    vault.secrets.set("of-mine", "kept");
    await test(lab, vault);
  });
}

function dependencies({ layout, data, definitions, runs }: Lab) {
  return {
    ...{ data, definitions, runs },
    locks: createLocks(layout, { notice: () => {}, waitMs: 0 }),
    openVaults: () => vaultsOf(layout),
    situation: { now: Date.now(), workflowRun: () => "gone" as const },
  };
}

async function collect(lab: Lab) {
  const all = dependencies(lab);
  return await collectGarbage(all, await planGarbageCollection(all));
}

const secretsIn = ({ secrets }: MemoryVault) => [...secrets.values()].sort();

Deno.test("the secrets of versions that are collected go, all others stay", () =>
  withVersions(4, async (lab, vault) => {
    const plan = await planGarbageCollection(dependencies(lab));
    equal(vault.secrets.size, 5);
    equal(plan.length, 1);
    equal((await collect(lab)).secretsDeleted, 2);
    deepEqual(secretsIn(vault), ["kept", "secret 3", "secret 4"]);
  }));

Deno.test("a deletion marker keeps the secrets that it refers to", () =>
  withVersions(2, async (lab, vault) => {
    await lab.run("destroy");
    await collect(lab);
    deepEqual(secretsIn(vault), ["kept", "secret 2"]);
  }));

Deno.test("data under a new name keep the secrets that they brought along", () =>
  withVersions(2, async (lab, vault) => {
    const names = { oldName: "main", newName: "other" };
    await renameData(dependencies(lab), { model: "t1", ...names });
    await lab.run("forget");
    deepEqual(secretsIn(vault), ["kept", "secret 2"]);
  }));

Deno.test("with a model all secrets of its data go, and no other", () =>
  withVersions(2, async (lab, vault) => {
    const all = dependencies(lab);
    const document = await deleteModel(all, await planDeletion(all, "t1", true), true);
    deepEqual([document.secretsDeleted, document.warnings], [2, undefined]);
    deepEqual(secretsIn(vault), ["kept"]);
  }));

Deno.test("what a method deletes from the repository loses its secrets", () =>
  withVersions(3, async (lab, vault) => {
    await lab.run("forget", { inputs: { text: "2" } });
    deepEqual(secretsIn(vault), ["kept", "secret 1", "secret 3"]);
    await lab.run("forget");
    deepEqual(secretsIn(vault), ["kept"]);
  }));

Deno.test("a reference in somebody else's data deletes nothing", () =>
  withVersions(1, async (lab, vault) => {
    const content = new TextEncoder().encode(JSON.stringify(await lab.json("main")));
    const scope = { type: "@acme/thing", modelId: crypto.randomUUID() };
    const pending = await lab.data.reserve(scope, "copy");
    await ReadableStream.from([content]).pipeTo(await lab.data.openContent(pending));
    await lab.data.publish(pending, {
      id: crypto.randomUUID(),
      ...{ contentType: "application/json", lifetime: "job", garbageCollection: 1 },
      ...{ streaming: false, tags: { workflowRunId: "w" } },
      ownerDefinition: { ownerType: "model-method", ownerRef: scope.modelId },
    });
    const removal = [{ scope, name: "copy", versions: [1] }];
    equal((await removeSecrets(dependencies(lab), removal)).deleted, 0);
    deepEqual(secretsIn(vault), ["kept", "secret 1"]);
  }));

Deno.test("secrets that a vault cannot delete are told, and the data go", () =>
  withVersions(4, async (lab, vault) => {
    vault.canDelete = false;
    const { versionsDeleted, secretsDeleted, warnings = [] } = await collect(lab);
    deepEqual([versionsDeleted, secretsDeleted, warnings.length], [2, undefined, 1]);
    match(
      warnings[0]!.message,
      /^2 secret\(s\) of removed data are left in vault "v": Vault 'v' failed: its type cannot delete secrets$/,
    );
    deepEqual(warnings[0]!.keys.map((key) => vault.secrets.get(key)).sort(), [
      "secret 1",
      "secret 2",
    ]);
  }));

Deno.test("a secret that is gone already is no reason to warn", () =>
  withVersions(3, async (lab, vault) => {
    vault.secrets.clear();
    const { versionsDeleted, warnings } = await collect(lab);
    deepEqual([versionsDeleted, warnings], [1, undefined]);
  }));

Deno.test("a method is told of secrets that its deletion leaves", () =>
  withVersions(1, async (lab, vault) => {
    vault.before = (operation) => {
      if (operation === "delete") throw new Error("out of order");
    };
    const { warnings = [] } = await lab.run("forget");
    deepEqual(warnings.map(({ code }) => code), ["secrets_left"]);
    equal(await lab.text("main"), undefined);
  }));
