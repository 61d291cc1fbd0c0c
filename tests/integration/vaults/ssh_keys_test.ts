import { equal, match, rejects } from "node:assert/strict";
import { join } from "@std/path";
import { VaultLab } from "./vault_lab.ts";

/** A private key in PEM form, made of random bytes. */
function pem(): string {
  const body = crypto.getRandomValues(new Uint8Array(48)).toBase64();
  return `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`;
}

Deno.test("secrets can be encrypted with an SSH key, and opened with no other", async () => {
  using lab = new VaultLab();
  const ssh_key_path = lab.write("id", pem());
  await lab.vault({ ssh_key_path }).put("k", "s");
  equal(await lab.vault({ ssh_key_path }).get("k"), "s");
  const other = lab.write("other", pem());
  await rejects(lab.vault({ ssh_key_path: other }).get("k"), { code: "secret_unreadable" });
});

Deno.test("a path to a key may begin at the home folder, or in the repository", async () => {
  using lab = new VaultLab();
  lab.write("id", pem());
  await lab.vaultAtHome({ ssh_key_path: "~/id" }).put("k", "s");
  equal(await lab.vault({ ssh_key_path: "id" }).get("k"), "s");
});

Deno.test("a key that is missing is named with the vault and the remedy", async () => {
  using lab = new VaultLab();
  await rejects(lab.vault({ ssh_key_path: "/no/key" }).put("k", "s"), {
    code: "invalid_vault_key",
    message: "Failed to read SSH key from '/no/key' for local vault 'v': there is no such file. " +
      "Set 'ssh_key_path' to a valid SSH private key or enable 'auto_generate'.",
  });
});

Deno.test("without any key in the config, the default SSH key counts", async () => {
  using lab = new VaultLab();
  await rejects(
    lab.vaultAtHome({}).put("k", "s"),
    /^UserError: Failed to read default SSH key from '~\/\.ssh\/id_rsa' for local vault 'v': /,
  );
  Deno.mkdirSync(join(lab.root, ".ssh"));
  lab.write(".ssh/id_rsa", pem());
  await lab.vaultAtHome({}).put("k", "s");
  equal(await lab.vaultAtHome({}).get("k"), "s");
});

Deno.test({
  name: "a key that others can read is refused",
  ignore: Deno.build.os === "windows",
  async fn() {
    using lab = new VaultLab();
    const ssh_key_path = lab.write("id", pem(), 0o640);
    await rejects(lab.vault({ ssh_key_path }).put("k", "s"), {
      message: `SSH key '${ssh_key_path}' has insecure permissions (0o640). Expected permissions ` +
        `no wider than 0o600. Run 'chmod 600 ${ssh_key_path}' to fix.`,
    });
  },
});

Deno.test("a key with a passphrase is refused", async () => {
  using lab = new VaultLab();
  const ssh_key_path = lab.write("id", pem().replaceAll("PRIVATE", "ENCRYPTED PRIVATE"));
  await rejects(
    lab.vault({ ssh_key_path }).put("k", "s"),
    /Failed to read SSH key from '.*': SSH key is encrypted \(PKCS #8\)\. Set 'ssh_key_path'/,
  );
});

Deno.test("with auto_generate too, the generated key stands in, and not silently", async () => {
  using lab = new VaultLab();
  const config = { ssh_key_path: "id", auto_generate: true };
  const vault = lab.vault(config);
  await vault.put("k", "s");
  equal(await vault.get("k"), "s");
  equal(lab.warnings.length, 1);
  match(lab.warnings[0]!, /^Failed to read SSH key .* Vault 'v' uses its generated key instead\.$/);
});

Deno.test("secrets of the generated key stay readable when the SSH key is back", async () => {
  using lab = new VaultLab();
  const config = { ssh_key_path: "id", auto_generate: true };
  await lab.vault(config).put("old", "1");
  lab.write("id", pem());
  await lab.vault(config).put("new", "2");
  equal(await lab.vault(config).get("old"), "1");
  equal(await lab.vault({ ssh_key_path: "id" }).get("new"), "2");
});
