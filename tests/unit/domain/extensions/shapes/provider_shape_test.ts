/**
 * What `export const vault` may be (contract: authoring 1.3).
 *
 * @module
 */
import { deepEqual, throws } from "node:assert/strict";
import { parseProvider } from "../../../../../src/domain/extensions/shapes/provider_shape.ts";

const VAULT = {
  type: "@acme/safe",
  name: "Safe",
  description: "Keeps secrets",
  createProvider: () => ({}),
};

Deno.test("a vault has a type, a name and a description", () => {
  const { type, name, description } = parseProvider("vault", VAULT);
  deepEqual([type, name, description], ["@acme/safe", "Safe", "Keeps secrets"]);
});

Deno.test("everything that is wrong with a vault is told at once", () => {
  throws(
    () => parseProvider("vault", { type: "@acme/a/b", name: "x", createProvider: 1 }),
    {
      message: "type: Vault type must match @collective/name or collective/name (e.g., " +
        "@myorg/custom-vault or myorg/custom-vault); description: Invalid input: expected " +
        "string, received undefined; createProvider: Invalid input: expected function, received " +
        "number",
    },
  );
});

for (const type of ["@acme/safe", "acme/safe", "@a_b/c-d1"]) {
  Deno.test(`${type} may be the type of a vault`, () => {
    deepEqual(parseProvider("vault", { ...VAULT, type }).type, type);
  });
}

for (const type of ["safe", "@Acme/Safe", "@acme/safe/", "@acme/a b"]) {
  Deno.test(`${type} may not`, () => {
    throws(() => parseProvider("vault", { ...VAULT, type }), /^ShapeError: type: Vault type must/);
  });
}
