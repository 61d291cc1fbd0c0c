import { deepEqual, equal, match, ok } from "node:assert/strict";
import { parse } from "yaml";
import { complains, fails, succeeds } from "../outcomes.ts";
import { Repository, swamp } from "../swamp.ts";
import { converse, FILES_TYPE } from "./vaults.ts";

Deno.test("a vault of the built-in type is created without any config", async () => {
  using repository = await Repository.create();
  const document = await succeeds(repository, ["vault", "create", "local_encryption", "main"]);
  const { id } = document;
  deepEqual(document, {
    id,
    name: "main",
    type: "local_encryption",
    typeName: "Local Encryption",
    config: { auto_generate: true },
  });
  const stored = parse(
    Deno.readTextFileSync(repository.path("vaults/local_encryption", `${id}.yaml`)),
  );
  deepEqual(Object.keys(stored), ["id", "name", "type", "config", "createdAt"]);
  equal(new Date(stored.createdAt).toISOString(), stored.createdAt);
});

Deno.test("a repository that is moved takes its secrets along", async () => {
  using repository = await Repository.create();
  await succeeds(repository, ["vault", "create", "local_encryption", "main"]);
  await succeeds(repository, ["vault", "put", "main", "k", "v"]);
  const elsewhere = `${repository.root}-moved`;
  Deno.renameSync(repository.root, elsewhere);
  try {
    const { json } = await swamp(["vault", "list-keys", "main", "--json"], { cwd: elsewhere });
    deepEqual(json.secretKeys, ["k"]);
  } finally {
    Deno.renameSync(elsewhere, repository.root);
  }
});

Deno.test("a vault of an extension type gets the config that is given", async () => {
  using repository = await Repository.create();
  repository.write("extensions/vaults/files.ts", FILES_TYPE);
  const args = ["vault", "create", "@Acme/Files", "fv", "--config", '{"dir": "/tmp/x"}'];
  const { id: _, ...document } = await succeeds(repository, args);
  deepEqual(document, {
    name: "fv",
    type: "@acme/files",
    typeName: "Files",
    config: { dir: "/tmp/x" },
  });
});

Deno.test("people read what was created", async () => {
  using repository = await Repository.create();
  const { code, stdout } = await repository.run(["vault", "create", "local_encryption", "v9"]);
  equal(code, 0);
  match(stdout, /^Created vault: "v9" \("Local Encryption"\)\n/);
});

Deno.test("in a terminal a missing name is asked for", async () => {
  using repository = await Repository.create();
  const { code } = await converse(repository, "vault create local_encryption", [
    ["Name of the vault:", "asked\n"],
  ]);
  equal(code, 0);
  equal((await succeeds(repository, ["vault", "get", "asked"])).name, "asked");
});

/** Arguments of `vault create` that are refused, and what is said of them. */
const REFUSED: Readonly<Record<string, { args: readonly string[]; says: string | RegExp }>> = {
  "no name": {
    args: ["local_encryption"],
    says: "Vault name is required in non-interactive mode. Usage: swamp vault create <type> <name>",
  },
  "a name with a blank": {
    args: ["local_encryption", "bad name"],
    says: "Invalid vault name: bad name. Vault names must start with a lowercase letter and " +
      "contain only lowercase letters, numbers, and hyphens.",
  },
  "an unknown type": {
    args: ["mock", "v"],
    says:
      /^Unknown vault type: mock\. Available types: local_encryption, .*@acme\/files\. Use 'swamp vault type search' to see available types\.$/,
  },
  "a renamed type": {
    args: ["aws", "v"],
    says: "The type 'aws' has been renamed to '@swamp/aws-sm'. Use type '@swamp/aws-sm' instead.",
  },
  "a config that is no JSON": {
    args: ["local_encryption", "v", "--config", "{bad"],
    says: "Invalid JSON in --config: {bad",
  },
  "a config that is a list": {
    args: ["local_encryption", "v", "--config", '["a"]'],
    says: /^Invalid config in --config: it must be a JSON object .*, not a list$/,
  },
  "a config that is a number": {
    args: ["local_encryption", "v", "--config", "7"],
    says: /^Invalid config in --config: it must be a JSON object .*, not a number$/,
  },
  "a field that a built-in type does not know": {
    args: ["local_encryption", "v", "--config", '{"auto_genrate": true}'],
    says: /^Invalid config for vault type 'local_encryption': auto_genrate: .*"auto_generate"/,
  },
  "a field of the wrong type": {
    args: ["local_encryption", "v", "--config", '{"auto_generate": "yes"}'],
    says: /auto_generate: Invalid input: expected boolean, received string/,
  },
  "a config that an extension type refuses": {
    args: ["@acme/files", "v"],
    says: "Invalid config for vault type '@acme/files': " +
      "dir: Invalid input: expected string, received undefined",
  },
};

for (const [what, { args, says }] of Object.entries(REFUSED)) {
  Deno.test(`${what} is refused, and nothing is created`, async () => {
    using repository = await Repository.create();
    repository.write("extensions/vaults/files.ts", FILES_TYPE);
    const { error } = await fails(repository, ["vault", "create", ...args]);
    if (typeof says === "string") equal(error, says);
    else match(error, says);
    deepEqual((await succeeds(repository, ["vault", "search"])).results, []);
  });
}

Deno.test("a config that is no JSON does not show what may be secret", async () => {
  using repository = await Repository.create();
  const config = "{token: s3cret, url: 'https://me:pw@host'}";
  const args = ["vault", "create", "local_encryption", "v", "--config", config];
  const text = await complains(repository, args);
  ok(!/s3cret|pw/.test(text), text);
});

Deno.test("that the source of a type is broken is told once", async () => {
  using repository = await Repository.create();
  repository.write(
    "extensions/vaults/bad.ts",
    `export const vault = { type: "@acme/bad", name: 7 };`,
  );
  const { json, stderr } = await repository.run(["vault", "create", "@acme/bad", "v", "--json"]);
  equal(json.code, "type_broken");
  ok(!/^warning:/m.test(stderr), stderr);
});

Deno.test("a name is given once", async () => {
  using repository = await Repository.create();
  await succeeds(repository, ["vault", "create", "local_encryption", "v"]);
  const { error } = await fails(repository, ["vault", "create", "environment", "v"]);
  equal(error, "Vault already exists: v");
});

Deno.test("of ten commands that create one name, exactly one does", async () => {
  using repository = await Repository.create();
  const runs = await Promise.all(
    Array.from(
      { length: 10 },
      () => repository.run(["vault", "create", "local_encryption", "v", "--json"]),
    ),
  );
  const refused = runs.filter(({ code }) => code !== 0);
  equal(refused.length, 9);
  for (const { json } of refused) equal(json.error, "Vault already exists: v");
  equal((await succeeds(repository, ["vault", "search"])).results.length, 1);
});

Deno.test("outside a repository nothing can be created", async () => {
  const { code, json } = await swamp(["vault", "create", "local_encryption", "v", "--json"], {
    cwd: "/",
  });
  equal(code, 1);
  match(json.error, /^Not a swamp repository: \/\./);
});
