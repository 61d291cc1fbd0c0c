import { deepEqual, equal, match, ok } from "node:assert/strict";
import { walk } from "@std/fs";
import { complains, fails, succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";
import { converse, FILES_TYPE, withMainVault } from "./vaults.ts";

/** A repository whose vault `main` keeps secrets as plain text, so that a test can look at them. */
async function withOpenVault() {
  const repository = await Repository.create();
  repository.write("extensions/vaults/files.ts", FILES_TYPE);
  const config = JSON.stringify({ dir: repository.path("plain") });
  await succeeds(repository, ["vault", "create", "@acme/files", "main", "--config", config]);
  const secret = (key: string) => Deno.readTextFileSync(repository.path("plain", `${key}.txt`));
  return { repository, secret };
}

Deno.test("a value on the command line is stored", async () => {
  const { repository, secret } = await withOpenVault();
  using _ = repository;
  const document = await succeeds(repository, ["vault", "put", "main", "k", "s3cret"]);
  deepEqual(document, {
    vaultName: "main",
    secretKey: "k",
    vaultType: "@acme/files",
    overwritten: false,
    timestamp: document.timestamp,
  });
  equal(new Date(document.timestamp).toISOString(), document.timestamp);
  equal(secret("k"), "s3cret");
});

/** Ways to give a key and a value, and what is stored. */
const GIVEN: Readonly<
  Record<string, { args: readonly string[]; stdin?: string; key: string; value: string }>
> = {
  "an inline value is split at the first =": { args: ["k=a=b"], key: "k", value: "a=b" },
  "an inline value may be empty": { args: ["k="], key: "k", value: "" },
  "beside a value the key is taken literally": { args: ["K=V", "x"], key: "K=V", value: "x" },
  "an empty value may be given": { args: ["k", ""], key: "k", value: "" },
  "a value may begin with - after --": { args: ["--", "k", "-x"], key: "k", value: "-x" },
  "a value from stdin loses one line break": {
    args: ["k"],
    stdin: "one\ntwo\n\n",
    key: "k",
    value: "one\ntwo\n",
  },
  "a value from stdin keeps everything else": {
    args: ["k"],
    stdin: "\ufeff tab\tend ",
    key: "k",
    value: "\ufeff tab\tend ",
  },
  "an empty line on stdin is an empty value": { args: ["k"], stdin: "\n", key: "k", value: "" },
};

for (const [what, { args, stdin, key, value }] of Object.entries(GIVEN)) {
  Deno.test(what, async () => {
    const { repository, secret } = await withOpenVault();
    using _ = repository;
    const options = stdin === undefined ? {} : { stdin };
    const run = await repository.run(["vault", "put", "main", ...args], options);
    equal(run.code, 0, run.stderr);
    equal(secret(key), value);
  });
}

Deno.test("people read that a secret was stored, never its value", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  const { stdout, stderr } = await repository.run(["vault", "put", "main", "k", "s3cret"]);
  equal(stdout, 'Stored secret "k" in vault "main"\n');
  equal(stderr, "");
});

Deno.test("a vault can be named by its id", async () => {
  const { repository, main } = await withMainVault();
  using _ = repository;
  equal((await succeeds(repository, ["vault", "put", main.id, "k", "v"])).vaultName, "main");
});

Deno.test("without a value anywhere the three ways to give one are shown", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  for (const key of ["k3", ""]) {
    const { error } = await fails(repository, ["vault", "put", "main", key]);
    match(error, new RegExp(`^Invalid argument format: ${key}\n\nProvide the value as `));
    equal(error.split("\n").filter((line: string) => line.startsWith("  ")).length, 3);
  }
});

Deno.test("what is not understood is not repeated, since it may be the value", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  for (const args of [["k", "my", "s3cret"], ["=s3cret"], ["k", "--s3cret"], ["k", "--s3cret=1"]]) {
    const text = await complains(repository, ["vault", "put", "main", ...args]);
    ok(!text.includes("s3cret"), text);
  }
  match(await complains(repository, ["vault", "put", "main", "k", "v", "--forse"]), /"--force"/);
});

Deno.test("bytes that are no text are refused", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  const { SWAMP_BIN } = await import("../swamp.ts");
  const child = new Deno.Command("sh", {
    args: ["-c", `printf '\\377\\376' | '${SWAMP_BIN}' vault put main k`],
    cwd: repository.root,
    stderr: "piped",
  });
  const { code, stderr } = await child.output();
  equal(code, 1);
  match(new TextDecoder().decode(stderr), /no text in UTF-8\. Encode it first/);
});

Deno.test("with --json a secret is overwritten only by force", async () => {
  const { repository, secret } = await withOpenVault();
  using _ = repository;
  await succeeds(repository, ["vault", "put", "main", "k", "old"]);
  const { error, code } = await fails(repository, ["vault", "put", "main", "k", "new"]);
  equal(error, "Secret 'k' already exists in vault 'main'. Use --force (-f) to overwrite.");
  equal(code, "secret_exists");
  equal(secret("k"), "old");
  const { overwritten } = await succeeds(repository, ["vault", "put", "main", "k", "new", "-f"]);
  equal(overwritten, true);
  equal(secret("k"), "new");
});

Deno.test("a piped value overwrites only by force", async () => {
  const { repository, secret } = await withOpenVault();
  using _ = repository;
  await succeeds(repository, ["vault", "put", "main", "k", "old"]);
  const text = await complains(repository, ["vault", "put", "main", "k"], { stdin: "new" });
  match(text, /already exists in vault 'main'\. .* to overwrite when piping from stdin\.$/m);
  equal(secret("k"), "old");
  await repository.run(["vault", "put", "main", "k", "--force"], { stdin: "new" });
  equal(secret("k"), "new");
});

for (const [answer, after] of [["n\n", "old"], ["", "old"], ["y\n", "new"]] as const) {
  Deno.test(`asked whether to overwrite, ${JSON.stringify(answer)} leaves the ${after} value`, async () => {
    const { repository, secret } = await withOpenVault();
    using _ = repository;
    await succeeds(repository, ["vault", "put", "main", "k", "old"]);
    const args = ["vault", "put", "main", "k", "new"];
    const { code, stdout } = await repository.run(args, { stdin: answer });
    equal(code, 0);
    match(stdout, /^Secret 'k' already exists in vault 'main'\. Overwrite\? \[y\/N\] /);
    equal(secret("k"), after);
  });
}

Deno.test("in a terminal the value is asked for and not shown", async () => {
  const { repository, secret } = await withOpenVault();
  using _ = repository;
  const { code, text } = await converse(repository, "vault put main k", [
    ["(hidden):", "s3creX\x7ft\r"],
  ]);
  equal(code, 0, text);
  equal(secret("k"), "s3cret");
  ok(!text.includes("s3cre"), text);
});

Deno.test("Ctrl-C at the question ends it with 130 and stores nothing", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  const { code } = await converse(repository, "vault put main k", [["(hidden):", "half\x03"]]);
  equal(code, 130);
  equal((await succeeds(repository, ["vault", "list-keys", "main"])).count, 0);
});

Deno.test("nothing typed stores nothing", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  const { code, text } = await converse(repository, "vault put main k", [["(hidden):", "\r"]]);
  equal(code, 0);
  match(text, /Operation cancelled\./);
  equal((await succeeds(repository, ["vault", "list-keys", "main"])).count, 0);
});

Deno.test("no file of the repository and no output holds the value", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  const args = ["vault", "put", "main", "k", "s3cret-value", "--log-level", "trace"];
  const { stdout, stderr } = await repository.run(args);
  ok(!(stdout + stderr).includes("s3cret"), stdout + stderr);
  for await (const { path } of walk(repository.root, { includeDirs: false })) {
    ok(!Deno.readTextFileSync(path).includes("s3cret"), path);
  }
});

Deno.test("a vault that refuses says why, without the value", async () => {
  const { repository } = await withOpenVault();
  using _ = repository;
  const { error } = await fails(repository, ["vault", "put", "main", "full", "s3cret"]);
  equal(error, "no room for ***");
  const args = ["vault", "put", "main", "full", "s3cret", "--log-level", "debug"];
  const { stderr } = await repository.run(args);
  ok(!stderr.includes("s3cret"), stderr);
});

Deno.test("a key that cannot be one is refused", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  const { error } = await fails(repository, ["vault", "put", "main", "a/b", "v"]);
  equal(error, "Invalid secret key 'a/b': must not contain '..', '/', '\\', or null bytes");
});

Deno.test("an unknown vault comes with those that there are", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  const { error } = await fails(repository, ["vault", "put", "nov", "k", "v"]);
  equal(error, "Vault not found: nov. Available vaults: main");
});

Deno.test("the environment is read, not written", async () => {
  using repository = await Repository.create();
  const config = '{"prefix": "UAT_"}';
  await succeeds(repository, ["vault", "create", "environment", "env", "--config", config]);
  const env = { UAT_ONE: "1" };
  deepEqual((await succeeds(repository, ["vault", "list-keys", "env"], { env })).secretKeys, [
    "ONE",
  ]);
  const { error, code } = await fails(repository, ["vault", "put", "env", "ONE", "2"], { env });
  equal(code, "vault_read_only");
  match(error, /^Vault 'env' is read-only\./);
});

Deno.test("of ten commands that put one new key, exactly one does", async () => {
  const { repository } = await withMainVault();
  using _ = repository;
  const runs = await Promise.all(
    Array.from(
      { length: 10 },
      (_unused, at) => repository.run(["vault", "put", "main", "k", `v${at}`, "--json"]),
    ),
  );
  equal(runs.filter(({ code }) => code === 0).length, 1);
  for (const { code, json } of runs) if (code !== 0) equal(json.code, "secret_exists");
});
