import { deepEqual, throws } from "node:assert/strict";
import { privateKeyBytes } from "../../../../../src/domain/vaults/builtin/ssh_key.ts";

const BYTES = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 250]);

/** A PEM block in lines of ten characters, as long bodies are. */
function pem(label: string, bytes: Uint8Array, header = ""): string {
  const body = bytes.toBase64().replaceAll(/.{10}/g, "$&\n");
  return `-----BEGIN ${label}-----\n${header}${body}\n-----END ${label}-----\n`;
}

/** What an OpenSSH key begins with: magic, then the name of the cipher. */
function openssh(cipher: string): Uint8Array {
  const name = new TextEncoder().encode(cipher);
  const magic = new TextEncoder().encode("openssh-key-v1\0");
  return new Uint8Array([...magic, 0, 0, 0, name.length, ...name, ...BYTES]);
}

for (const label of ["RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY"]) {
  Deno.test(`the bytes of a key with the label ${label} are its body`, () => {
    deepEqual(privateKeyBytes(pem(label, BYTES)), BYTES);
  });
}

Deno.test("an OpenSSH key without a passphrase is taken as a whole", () => {
  const key = openssh("none");
  deepEqual(privateKeyBytes(pem("OPENSSH PRIVATE KEY", key)), key);
});

Deno.test("line ends and texts around the key do not matter", () => {
  const text = `comment\n${pem("PRIVATE KEY", BYTES)}more`.replaceAll("\n", "\r\n");
  deepEqual(privateKeyBytes(text), BYTES);
});

const REFUSED: Readonly<Record<string, { text: string; says: RegExp }>> = {
  "an OpenSSH key with a passphrase": {
    text: pem("OPENSSH PRIVATE KEY", openssh("aes256-ctr")),
    says: /^SSH key is encrypted \(cipher: aes256-ctr\)$/,
  },
  "a legacy key with a passphrase": {
    text: pem("RSA PRIVATE KEY", BYTES, "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n"),
    says: /^SSH key is encrypted \(legacy PEM format\)$/,
  },
  "a PKCS #8 key with a passphrase": {
    text: pem("ENCRYPTED PRIVATE KEY", BYTES),
    says: /^SSH key is encrypted \(PKCS #8\)$/,
  },
  "a public key": {
    text: "ssh-ed25519 AAAAC3Nza me@host",
    says: /holds no private key in PEM form/,
  },
  "an empty file": { text: "", says: /holds no private key in PEM form/ },
  "a body that is no base64": {
    text: "-----BEGIN PRIVATE KEY-----\n%%%\n-----END PRIVATE KEY-----",
    says: /no base64/,
  },
  "an empty body": {
    text: "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
    says: /no base64/,
  },
  "a body that is no OpenSSH key": {
    text: pem("OPENSSH PRIVATE KEY", BYTES),
    says: /damaged/,
  },
};

for (const [what, { text, says }] of Object.entries(REFUSED)) {
  Deno.test(`${what} is refused`, () => {
    throws(() => privateKeyBytes(text), { name: "SshKeyError", message: says });
  });
}
