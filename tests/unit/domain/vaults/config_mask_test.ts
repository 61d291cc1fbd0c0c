import { deepEqual, equal, notEqual } from "node:assert/strict";
import { maskConfig } from "../../../../src/domain/vaults/config_mask.ts";

for (
  const name of ["password", "API_TOKEN", "clientSecret", "apiKey", "secret-key", "db.passphrase"]
) {
  Deno.test(`what ${name} says is not shown`, () => {
    equal(maskConfig({ [name]: "s3cret" })[name], "***");
  });
}

for (
  const name of ["key_file", "ssh_key_path", "accessKeyId", "tokenUrl", "secretName", "region"]
) {
  Deno.test(`what ${name} says is shown`, () => {
    equal(maskConfig({ [name]: "plain" })[name], "plain");
  });
}

Deno.test("a field that its schema marks as sensitive is not shown", () => {
  const schema = { properties: { pin: { type: "number", sensitive: true } } };
  deepEqual(maskConfig({ pin: 1234, size: 3 }, schema), { pin: "***", size: 3 });
});

Deno.test("maps and lists are looked into", () => {
  deepEqual(maskConfig({ auth: { users: [{ name: "a", password: "b" }] } }), {
    auth: { users: [{ name: "a", password: "***" }] },
  });
});

Deno.test("the password of a URL is not shown, the rest is", () => {
  deepEqual(maskConfig({ url: "https://me:pw@host/x", plain: "https://host/a:b@c" }), {
    url: "https://me:***@host/x",
    plain: "https://host/a:b@c",
  });
});

Deno.test("flags and empty texts say nothing secret", () => {
  deepEqual(maskConfig({ useToken: true, token: true, password: "" }), {
    useToken: true,
    token: true,
    password: "",
  });
});

Deno.test("the config itself stays as it is", () => {
  const config = { password: "a" };
  notEqual(maskConfig(config), config);
  equal(config.password, "a");
});
