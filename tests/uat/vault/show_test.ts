import { deepEqual, equal, match } from "node:assert/strict";
import { fails, succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";
import { BROKEN_TYPE, withMainVault } from "./vaults.ts";

Deno.test("get shows a vault by name or id, and where it is stored", async () => {
  const { repository, main } = await withMainVault();
  using _ = repository;
  const document = await succeeds(repository, ["vault", "get", "main"]);
  deepEqual(document, {
    id: main.id,
    name: "main",
    type: "local_encryption",
    config: { auto_generate: true },
    createdAt: document.createdAt,
    storagePath: `vaults/local_encryption/${main.id}.yaml`,
  });
  deepEqual(await succeeds(repository, ["vault", "get", main.id]), document);
  Deno.statSync(repository.path(document.storagePath));
});

Deno.test("describe shows the same without the place", async () => {
  const { repository, main } = await withMainVault();
  using _ = repository;
  const { storagePath: __, ...rest } = await succeeds(repository, ["vault", "get", "main"]);
  deepEqual(await succeeds(repository, ["vault", "describe", main.id]), rest);
});

Deno.test("people read a vault line by line", async () => {
  const { repository, main } = await withMainVault();
  using _ = repository;
  const { stdout } = await repository.run(["vault", "get", "main"]);
  match(stdout, /^Name: main \(local_encryption\)\n/);
  match(stdout, new RegExp(`^ID: ${main.id}$`, "m"));
  match(stdout, /^Config:\n {2}auto_generate: true\n$/m);
});

Deno.test("what looks like a secret in a config is not shown", async () => {
  using repository = await Repository.create();
  repository.write("extensions/vaults/broken.ts", BROKEN_TYPE);
  const config = { apiToken: "s3cret", region: "eu", url: "https://me:s3cret@host" };
  const args = ["vault", "create", "@acme/broken", "cloud", "--config", JSON.stringify(config)];
  const masked = { apiToken: "***", region: "eu", url: "https://me:***@host" };
  deepEqual((await succeeds(repository, args)).config, masked);
  deepEqual((await succeeds(repository, ["vault", "get", "cloud"])).config, masked);
});

Deno.test("--type must be the type of the vault", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  await succeeds(repository, ["vault", "get", "main", "-t", "Local_Encryption"]);
  const { error } = await fails(repository, ["vault", "describe", "main", "--type", "x"]);
  equal(error, "Vault 'main' found but has type 'local_encryption', not 'x'");
});

Deno.test("a vault that is not there comes with what was probably meant", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  const { error, code, hint } = await fails(repository, ["vault", "get", "mian"]);
  deepEqual([error, code, hint], [
    "Vault not found: mian",
    "vault_not_found",
    'Did you mean "main"?',
  ]);
});

Deno.test("get says that secrets are not printed, and how they are used", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  const { error } = await fails(repository, ["vault", "get", "main", "k1"]);
  match(error, /^Unexpected argument: k1\n\nUsage: swamp vault get <vault_name_or_id>\n/);
  match(error, /Secrets are never printed\./);
});

Deno.test("a vault whose type is not installed can be shown all the same", async () => {
  const { repository, main } = await withMainVault();
  using _ = repository;
  const gone = { ...main, name: "gone", type: "@acme/gone", createdAt: "2026-01-01T00:00:00.000Z" };
  repository.write(
    "vaults/@acme/gone/a.yaml",
    JSON.stringify({ ...gone, id: crypto.randomUUID() }),
  );
  equal((await succeeds(repository, ["vault", "get", "gone"])).type, "@acme/gone");
});

Deno.test("search finds vaults by name, type or id, sorted by name", async () => {
  const { repository, main } = await withMainVault();
  using _ = repository;
  const env = await succeeds(repository, ["vault", "create", "environment", "ci"]);
  const found = async (query: string) => {
    const { results } = await succeeds(repository, ["vault", "search", query]);
    return results.map(({ name }: { name: string }) => name);
  };
  deepEqual(await found(""), ["ci", "main"]);
  deepEqual(await found("AIN"), ["main"]);
  deepEqual(await found("environ"), ["ci"]);
  deepEqual(await found(env.id.slice(0, 13)), ["ci"]);
  deepEqual(await succeeds(repository, ["vault", "search", "zzz"]), { query: "zzz", results: [] });
  const { results } = await succeeds(repository, ["vault", "search", main.id]);
  deepEqual(Object.keys(results[0]), ["id", "name", "type", "createdAt"]);
});

Deno.test("people get a table of vaults, or the way to the first one", async () => {
  using repository = await Repository.create();
  match((await repository.run(["vault", "search"])).stdout, /^No vaults yet\. swamp vault create/);
  await succeeds(repository, ["vault", "create", "local_encryption", "main"]);
  const { stdout } = await repository.run(["vault", "search"]);
  match(stdout, /^NAME +TYPE +CREATED +ID\nmain +local_encryption +2\d{3}-/);
});

Deno.test("one damaged vault file hides only itself", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  repository.write("vaults/local_encryption/x.yaml", "name: bad\nconfig: [1]\n");
  const { code, stdout, stderr } = await repository.run(["vault", "search", "--json"]);
  equal(code, 0);
  equal(JSON.parse(stdout).results.length, 1);
  match(stderr, /^warning: Skipping vaults\/local_encryption\/x\.yaml: .*config must be a map/);
  await repository.run(["vault", "put", "main", "k", "v"]);
  equal((await repository.run(["vault", "list-keys", "main", "--json"])).json.count, 1);
  const bad = await repository.run(["vault", "list-keys", "bad", "--json"]);
  match(bad.json.error, /^Vault 'bad' cannot be used: vaults\/local_encryption\/x\.yaml: /);
});

Deno.test("a word that is no sub-command comes with those that take a vault", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  const { code, stderr } = await repository.run(["vault", "zzzzzzzz"]);
  equal(code, 2);
  match(stderr, /\n {4}swamp vault get zzzzzzzz\n {4}swamp vault put zzzzzzzz <key> <value>\n/);
  match(stderr, /\n {4}swamp vault list-keys zzzzzzzz\n/);
});
