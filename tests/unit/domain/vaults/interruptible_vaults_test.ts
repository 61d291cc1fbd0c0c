import { deepEqual, equal, rejects } from "node:assert/strict";
import { UserError } from "../../../../src/domain/errors.ts";
import { interruptibleVaults } from "../../../../src/domain/vaults/interruptible_vaults.ts";
import type { VaultService } from "../../../../src/domain/vaults/vault_service.ts";

/** Vaults of which every operation is what `answer` does. */
function vaultsThat(answer: () => Promise<never>): VaultService {
  return {
    ...{ get: answer, put: answer, delete: answer, list: answer },
    ...{ getVaultNames: answer, open: answer },
  };
}

const never = () => new Promise<never>(() => {});

const OPERATIONS = {
  get: (vaults: VaultService) => vaults.get("v", "k"),
  put: (vaults: VaultService) => vaults.put("v", "k", "s"),
  delete: (vaults: VaultService) => vaults.delete("v", "k"),
  list: (vaults: VaultService) => vaults.list("v"),
  getVaultNames: (vaults: VaultService) => vaults.getVaultNames(),
  open: (vaults: VaultService) => vaults.open("v"),
};

for (const [name, operation] of Object.entries(OPERATIONS)) {
  Deno.test(`${name} of a vault that never answers ends with the interruption`, async () => {
    const controller = new AbortController();
    const waiting = operation(interruptibleVaults(vaultsThat(never), controller.signal));
    controller.abort(new UserError("interrupted", "Interrupted", { exitCode: 130 }));
    await rejects(
      waiting,
      (error) => error instanceof UserError && error.code === "cancelled" && error.exitCode === 130,
    );
  });
}

Deno.test("after the interruption nothing is read or put any more, but secrets can be deleted", async () => {
  const asked: string[] = [];
  const service: VaultService = {
    ...vaultsThat(never),
    put: (_vault, key) => Promise.resolve(void asked.push(`put ${key}`)),
    get: (_vault, key) => Promise.resolve(asked.push(`get ${key}`)).then(String),
    delete: (_vault, key) => Promise.resolve(void asked.push(`delete ${key}`)),
  };
  const vaults = interruptibleVaults(service, AbortSignal.abort());
  await rejects(vaults.put("v", "k", "s"), { code: "cancelled" });
  await rejects(vaults.get("v", "k"), { code: "cancelled" });
  await vaults.delete("v", "k");
  deepEqual(asked, ["delete k"]);
});

Deno.test("without an interruption, results and failures are those of the vault", async () => {
  const { signal } = new AbortController();
  const service = { ...vaultsThat(never), get: () => Promise.resolve("s3cret") };
  equal(await interruptibleVaults(service, signal).get("v", "k"), "s3cret");
  const failing = vaultsThat(() => Promise.reject(new Error("broken")));
  await rejects(interruptibleVaults(failing, signal).list("v"), { message: "broken" });
});
