import { deepEqual, equal, match } from "node:assert/strict";
import { complains, fails, succeeds } from "../outcomes.ts";
import { BROKEN_TYPE, withMainVault } from "./vaults.ts";

Deno.test("keys are listed sorted, values never", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  for (const key of ["b", "a"]) await succeeds(repository, ["vault", "put", "main", key, "s3cret"]);
  deepEqual(await succeeds(repository, ["vault", "list-keys", "main"]), {
    vaultName: "main",
    vaultType: "local_encryption",
    secretKeys: ["a", "b"],
    count: 2,
  });
});

Deno.test("people read one key a line", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  await succeeds(repository, ["vault", "put", "main", "k", "s3cret"]);
  const { stdout } = await repository.run(["vault", "list-keys", "main"]);
  equal(stdout, 'Vault "main" ("local_encryption"): 1 key(s)\n  k\n');
});

Deno.test("without a vault the usage is shown", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  match(
    await complains(repository, ["vault", "list-keys"]),
    /^error: Missing required argument: vault_name\n\nUsage: swamp vault list-keys <vault_name>\n/,
  );
});

Deno.test("an unknown vault comes with those that there are", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  const { error } = await fails(repository, ["vault", "list-keys", "nov"]);
  equal(error, "Vault not found: 'nov'. Available vaults: main");
});

Deno.test("a vault that cannot be opened says what is really wrong, and hides no other", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  repository.write("extensions/vaults/broken.ts", BROKEN_TYPE);
  await succeeds(repository, ["vault", "create", "@acme/broken", "cloud"]);
  equal((await fails(repository, ["vault", "list-keys", "cloud"])).error, "the service is gone");
  equal((await succeeds(repository, ["vault", "list-keys", "main"])).count, 0);
});

Deno.test("a vault whose type is not installed says so, with the way to it", async () => {
  const { repository, main } = await withMainVault();
  using _ = repository;
  const vault = { ...main, name: "cloud", type: "aws", createdAt: "2026-01-01T00:00:00.000Z" };
  repository.write("vaults/aws/a.yaml", JSON.stringify({ ...vault, id: crypto.randomUUID() }));
  const { code, json, stderr } = await repository.run(["vault", "list-keys", "cloud", "--json"]);
  equal(code, 1);
  equal(json.error, "Vault 'cloud' cannot be used: Unknown vault type: @swamp/aws-sm");
  equal(json.hint, "Its type may come with: swamp extension pull @swamp/aws-sm");
  match(
    stderr,
    /^warning: Vault 'cloud' has the type 'aws', which is called '@swamp\/aws-sm' now\./,
  );
});
