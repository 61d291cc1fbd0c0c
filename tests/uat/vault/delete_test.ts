import { deepEqual, equal, match } from "node:assert/strict";
import { exists } from "@std/fs";
import { fails, succeeds } from "../outcomes.ts";
import { BROKEN_TYPE, FILES_TYPE, withMainVault } from "./vaults.ts";

Deno.test("a vault without secrets is deleted", async () => {
  const { repository, main } = await withMainVault();
  using _ = repository;
  const path = repository.path("vaults/local_encryption", `${main.id}.yaml`);
  deepEqual(await succeeds(repository, ["vault", "delete", "main"]), {
    deleted: { id: main.id, name: "main", type: "local_encryption", path },
    secretsDeleted: 0,
  });
  deepEqual((await succeeds(repository, ["vault", "search"])).results, []);
});

Deno.test("a vault with secrets is deleted only by force, and they go with it", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  await succeeds(repository, ["vault", "put", "main", "k", "v"]);
  const { error, code, secrets } = await fails(repository, ["vault", "delete", "main"]);
  deepEqual([error, code, secrets], [
    "Vault 'main' has 1 secret(s). Use --force to delete them too.",
    "vault_has_secrets",
    1,
  ]);
  equal((await succeeds(repository, ["vault", "list-keys", "main"])).count, 1);
  equal((await succeeds(repository, ["vault", "delete", "main", "-f"])).secretsDeleted, 1);
  equal(await exists(repository.path(".swamp/secrets/local_encryption/main")), false);
});

for (const [answer, left] of [["n\n", 1], ["", 1], ["yes\n", 0]] as const) {
  Deno.test(`asked whether to delete, ${JSON.stringify(answer)} leaves ${left}`, async () => {
    const { repository, main } = await withMainVault();
    using _ = repository;
    const { code, stdout } = await repository.run(["vault", "delete", "main"], { stdin: answer });
    equal(code, 0);
    match(stdout, new RegExp(`^Delete vault 'main' \\(${main.id}\\)\\? \\[y/N\\] `));
    equal((await succeeds(repository, ["vault", "search"])).results.length, left);
  });
}

Deno.test("secrets outside of the repository stay", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  repository.write("extensions/vaults/files.ts", FILES_TYPE);
  const config = JSON.stringify({ dir: repository.path("plain") });
  await succeeds(repository, ["vault", "create", "@acme/files", "fv", "--config", config]);
  await succeeds(repository, ["vault", "put", "fv", "k", "v"]);
  equal((await succeeds(repository, ["vault", "delete", "fv", "-f"])).secretsDeleted, 0);
  equal(Deno.readTextFileSync(repository.path("plain/k.txt")), "v");
});

Deno.test("a vault that does not work any more can be deleted", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  repository.write("extensions/vaults/broken.ts", BROKEN_TYPE);
  await succeeds(repository, ["vault", "create", "@acme/broken", "cloud"]);
  await succeeds(repository, ["vault", "delete", "cloud"]);
  equal((await fails(repository, ["vault", "get", "cloud"])).code, "vault_not_found");
});

Deno.test("a damaged vault file can be deleted by its path", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  repository.write("vaults/x/bad.yaml", "name: [");
  const run = await repository.run(["vault", "delete", "vaults/x/bad.yaml", "--json"]);
  equal(run.code, 0, run.stderr);
  equal(await exists(repository.path("vaults/x")), false);
});

Deno.test("two vaults of one name are told apart by their files, and no secret is lost", async () => {
  const { repository, main } = await withMainVault();
  using _ = repository;
  await succeeds(repository, ["vault", "put", "main", "k", "v"]);
  const first = repository.path("vaults/local_encryption", `${main.id}.yaml`);
  const copy = crypto.randomUUID();
  repository.write(
    `vaults/local_encryption/${copy}.yaml`,
    Deno.readTextFileSync(first).replace(main.id, copy),
  );
  match((await fails(repository, ["vault", "get", "main"])).error, /^Ambiguous vault "main": /);
  await succeeds(repository, ["vault", "delete", copy, "-f"]);
  deepEqual((await succeeds(repository, ["vault", "list-keys", "main"])).secretKeys, ["k"]);
});

Deno.test("a secret is deleted by force", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  await succeeds(repository, ["vault", "put", "main", "k", "v"]);
  equal((await fails(repository, ["vault", "delete-secret", "main", "k"])).code, "not_confirmed");
  const document = await succeeds(repository, ["vault", "delete-secret", "main", "k", "--force"]);
  deepEqual(document, {
    vaultName: "main",
    secretKey: "k",
    vaultType: "local_encryption",
    deleted: true,
    timestamp: document.timestamp,
  });
  equal((await succeeds(repository, ["vault", "list-keys", "main"])).count, 0);
});

Deno.test("people are asked before a secret is deleted", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  await succeeds(repository, ["vault", "put", "main", "k", "v"]);
  const args = ["vault", "delete-secret", "main", "k"];
  const { stdout } = await repository.run(args, { stdin: "n\n" });
  match(stdout, /^Delete secret 'k' from vault 'main'\? \[y\/N\] /);
  equal((await succeeds(repository, ["vault", "list-keys", "main"])).count, 1);
  await repository.run(args, { stdin: "y\n" });
  equal((await succeeds(repository, ["vault", "list-keys", "main"])).count, 0);
});

Deno.test("a secret that is not there comes with what was probably meant", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  await succeeds(repository, ["vault", "put", "main", "password", "v"]);
  const { error, hint } = await fails(repository, [
    "vault",
    "delete-secret",
    "main",
    "pasword",
    "-f",
  ]);
  equal(error, "Secret 'pasword' not found in vault 'main'");
  equal(hint, 'Did you mean "password"?');
});

Deno.test("a type that cannot delete says so", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  await succeeds(repository, ["vault", "create", "environment", "env"]);
  const { error, code } = await fails(repository, ["vault", "delete-secret", "env", "HOME", "-f"]);
  equal(code, "not_supported");
  match(error, /^Vaults of the type 'environment' cannot delete secrets\./);
});
