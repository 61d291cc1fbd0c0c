import { deepEqual, equal, match, notEqual, ok, rejects } from "node:assert/strict";
import { fromFileUrl, join } from "@std/path";
import fc from "fast-check";
import { modeOf, VaultLab } from "./vault_lab.ts";

const PUT = fromFileUrl(new URL("./put_process.ts", import.meta.url));

const isWindows = Deno.build.os === "windows";

/** A test about permissions, which only Unix has. */
function permissionTest(name: string, test: () => Promise<void>): void {
  Deno.test({ name, ignore: isWindows, fn: test });
}

function startPut(root: string, key: string, ...values: string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", PUT, root, "v", key, ...values],
    stdout: "null",
    stderr: "inherit",
  }).spawn();
}

Deno.test("what is put can be got, by the same process and by a later one", async () => {
  using lab = new VaultLab();
  const vault = lab.vault();
  await vault.put("k", "s3cret");
  equal(await vault.get("k"), "s3cret");
  equal(await lab.vault().get("k"), "s3cret");
});

Deno.test("any text under any key comes back", async () => {
  using lab = new VaultLab();
  const vault = lab.vault();
  const key = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 })
    .filter((text) => !/[/\\\0]|\.\./.test(text) && text.isWellFormed());
  await fc.assert(
    fc.asyncProperty(key, fc.string({ unit: "binary" }), async (name, value) => {
      await vault.put(name, value);
      equal(await vault.get(name), value);
      ok((await vault.list()).includes(name));
    }),
    { numRuns: 20 },
  );
});

Deno.test("keys are listed sorted, and nothing else of the folder is", async () => {
  using lab = new VaultLab();
  const vault = lab.vault();
  deepEqual(await vault.list(), []);
  for (const key of ["b", "a", ".hidden"]) await vault.put(key, "x");
  Deno.writeTextFileSync(lab.secret("notes.txt"), "");
  deepEqual(await vault.list(), [".hidden", "a", "b"]);
});

permissionTest("nobody but the owner can read secrets, key and folder", async () => {
  using lab = new VaultLab();
  await lab.vault().put("k", "s");
  equal(modeOf(lab.secret("k.enc")), "600");
  equal(modeOf(lab.secret(".key")), "600");
  equal(modeOf(lab.folder), "700");
});

permissionTest("a secret that is overwritten stays closed to others", async () => {
  using lab = new VaultLab();
  await lab.vault().put("k", "s");
  Deno.chmodSync(lab.secret("k.enc"), 0o644);
  await lab.vault().put("k", "t");
  equal(modeOf(lab.secret("k.enc")), "600");
});

Deno.test("the key is two UUIDs, made once", async () => {
  using lab = new VaultLab();
  await lab.vault().put("k", "s");
  const key = Deno.readTextFileSync(lab.secret(".key"));
  match(key, /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}){2}$/);
  await lab.vault().put("j", "s");
  equal(Deno.readTextFileSync(lab.secret(".key")), key);
});

Deno.test("nothing on disk holds the value, and nothing unfinished is left", async () => {
  using lab = new VaultLab();
  await lab.vault().put("k", "plain-value");
  const names = [...Deno.readDirSync(lab.folder)].map(({ name }) => name).sort();
  deepEqual(names, [".key", "k.enc"]);
  for (const name of names) ok(!Deno.readTextFileSync(lab.secret(name)).includes("plain"));
});

Deno.test("ten processes that put the first secrets agree on one key", async () => {
  using lab = new VaultLab();
  const processes = Array.from({ length: 10 }, (_, at) => startPut(lab.root, `k${at}`, `v${at}`));
  const statuses = await Promise.all(processes.map(({ status }) => status));
  ok(statuses.every(({ success }) => success));
  const vault = lab.vault();
  equal((await vault.list()).length, 10);
  for (let at = 0; at < 10; at++) equal(await vault.get(`k${at}`), `v${at}`);
});

Deno.test("while a secret is overwritten, readers see an old or a new one", async () => {
  using lab = new VaultLab();
  const vault = lab.vault();
  await vault.put("k", "0");
  const values = ["1", "2", "3", "4", "5", "6"].map((digit) => digit.repeat(10_000));
  let isRunning = true;
  const writers = [startPut(lab.root, "k", ...values), startPut(lab.root, "k", ...values)];
  const written = Promise.all(writers.map(({ status }) => status)).then(() => isRunning = false);
  const seen = new Set<string>();
  while (isRunning) seen.add(await vault.get("k"));
  await written;
  for (const value of seen) ok(value === "0" || values.includes(value));
  equal(await vault.get("k"), values.at(-1));
});

Deno.test("a secret that is not there is named, with what was probably meant", async () => {
  using lab = new VaultLab();
  await lab.vault().put("password", "s");
  await rejects(lab.vault().get("pasword"), {
    code: "secret_not_found",
    message: "Secret 'pasword' not found in local vault 'v'",
    fields: { hint: 'Did you mean "password"?' },
  });
});

Deno.test("a key that is a path is refused before anything is written", async () => {
  using lab = new VaultLab();
  for (const key of ["../k", "a/b"]) {
    await rejects(lab.vault().put(key, "s"), { code: "invalid_secret_key" });
    await rejects(lab.vault().get(key), { code: "invalid_secret_key" });
  }
  deepEqual([...Deno.readDirSync(lab.root)], []);
});

Deno.test("half a surrogate pair is refused rather than changed", async () => {
  using lab = new VaultLab();
  await rejects(lab.vault().put("k", "a\ud800"), { code: "invalid_secret" });
});

Deno.test("a secret that was tampered with is not given out", async () => {
  using lab = new VaultLab();
  await lab.vault().put("k", "s");
  const envelope = JSON.parse(Deno.readTextFileSync(lab.secret("k.enc")));
  const data = Uint8Array.fromBase64(envelope.data);
  data[0]! ^= 1;
  Deno.writeTextFileSync(
    lab.secret("k.enc"),
    JSON.stringify({ ...envelope, data: data.toBase64() }),
  );
  await rejects(lab.vault().get("k"), {
    code: "secret_unreadable",
    message: "Secret 'k' in local vault 'v' cannot be decrypted: it was encrypted with another " +
      `key, or changed since (${lab.secret("k.enc")})`,
  });
});

Deno.test("a file that is no secret is named", async () => {
  using lab = new VaultLab();
  await lab.vault().put("k", "s");
  Deno.writeTextFileSync(lab.secret("k.enc"), "");
  await rejects(lab.vault().get("k"), /cannot be decrypted: it is no JSON \(.*k\.enc\)$/);
});

Deno.test("another key opens nothing", async () => {
  using lab = new VaultLab();
  await lab.vault().put("k", "s");
  Deno.writeTextFileSync(lab.secret(".key"), crypto.randomUUID());
  await rejects(lab.vault().get("k"), { code: "secret_unreadable" });
});

Deno.test("a vault with secrets never gets a new key in place of a lost one", async () => {
  using lab = new VaultLab();
  await lab.vault().put("k", "s");
  Deno.renameSync(lab.secret(".key"), join(lab.root, "backup"));
  for (const attempt of [() => lab.vault().get("k"), () => lab.vault().put("j", "s")]) {
    await rejects(attempt, {
      code: "invalid_vault_key",
      message: /The key of local vault 'v' is missing: .*Restore it from a backup\.$/,
    });
  }
  Deno.renameSync(join(lab.root, "backup"), lab.secret(".key"));
  equal(await lab.vault().get("k"), "s");
});

permissionTest("a key that others can read is not used", async () => {
  using lab = new VaultLab();
  await lab.vault().put("k", "s");
  Deno.chmodSync(lab.secret(".key"), 0o644);
  await rejects(lab.vault().get("k"), {
    code: "invalid_vault_key",
    message: `Key file '${lab.secret(".key")}' has insecure permissions (0o644). Expected ` +
      `permissions no wider than 0o600. Run 'chmod 600 ${lab.secret(".key")}' to fix.`,
  });
});

Deno.test("a key file can be kept elsewhere", async () => {
  using lab = new VaultLab();
  await lab.vault({ auto_generate: true, key_file: "keys/v.key" }).put("k", "s");
  equal(Deno.readTextFileSync(join(lab.root, "keys/v.key")).length, 72);
  deepEqual([...Deno.readDirSync(lab.folder)].map(({ name }) => name), ["k.enc"]);
  equal(await lab.vault({ key_file: "keys/v.key" }).get("k"), "s");
});

Deno.test("an empty key file is refused", async () => {
  using lab = new VaultLab();
  lab.write("empty", "");
  const vault = lab.vault({ auto_generate: true, key_file: "empty" });
  await rejects(vault.put("k", "s"), /Key file '.*empty' is empty/);
});

Deno.test("a deleted secret is gone, and only that", async () => {
  using lab = new VaultLab();
  const vault = lab.vault();
  await vault.put("a", "1");
  await vault.put("b", "2");
  await vault.delete("a");
  deepEqual(await vault.list(), ["b"]);
  await rejects(vault.delete("a"), { code: "secret_not_found" });
});

Deno.test("deleting everything takes the key and leaves other vaults alone", async () => {
  using lab = new VaultLab();
  await lab.vault().put("a", "1");
  const other = join(lab.layout.secrets, "local_encryption", "other");
  Deno.mkdirSync(other);
  equal(await lab.vault().deleteAll(), 1);
  deepEqual([...Deno.readDirSync(join(other, ".."))].map(({ name }) => name), ["other"]);
  equal(await lab.vault().deleteAll(), 0);
});

Deno.test("secrets are kept below base_dir where that is set", async () => {
  using lab = new VaultLab();
  using elsewhere = new VaultLab();
  await lab.vault({ auto_generate: true, base_dir: elsewhere.root }).put("k", "s");
  equal(await elsewhere.vault().get("k"), "s");
  deepEqual([...Deno.readDirSync(lab.root)], []);
});

Deno.test("a repository that was moved keeps its secrets, whatever base_dir says", async () => {
  using lab = new VaultLab();
  await lab.vault().put("k", "s");
  const config = { auto_generate: true, base_dir: "/gone/with/the/old/place" };
  equal(await lab.vault(config).get("k"), "s");
  deepEqual(lab.warnings, []);
});

Deno.test("a base_dir that is missing is told once, and secrets go to the repository", async () => {
  using lab = new VaultLab();
  const vault = lab.vault({ auto_generate: true, base_dir: "/gone/with/the/old/place" });
  await vault.put("k", "s");
  await vault.put("j", "s");
  equal(lab.warnings.length, 1);
  match(lab.warnings[0]!, /There is no folder '\/gone\/with\/the\/old\/place', which is base_dir/);
  notEqual(Deno.statSync(lab.secret("k.enc")).size, 0);
});
