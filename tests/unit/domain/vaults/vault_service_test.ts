import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { z } from "zod";
import { UserError } from "../../../../src/domain/errors.ts";
import type { ProviderTypes } from "../../../../src/domain/extensions/provider_types.ts";
import type { Provider } from "../../../../src/domain/extensions/shapes/provider_shape.ts";
import { parseProvider } from "../../../../src/domain/extensions/shapes/provider_shape.ts";
import type { BrokenVault, StoredVault } from "../../../../src/domain/vaults/vault.ts";
import type { VaultHost } from "../../../../src/domain/vaults/vault_host.ts";
import {
  createVaultService,
  type VaultService,
} from "../../../../src/domain/vaults/vault_service.ts";

type Create = (name: string, config: Record<string, unknown>) => unknown;

/** A vault type as an extension exports it. */
function vaultType(type: string, create: Create, configSchema?: z.ZodType): Provider {
  return parseProvider("vault", {
    type,
    name: type,
    description: "For tests",
    ...(configSchema === undefined ? {} : { configSchema }),
    createProvider: create,
  });
}

/** A provider that keeps secrets in a map. */
function inMemory(name: string, secrets = new Map<string, string>()) {
  return {
    get: (key: string) =>
      Promise.resolve(secrets.get(key) ?? Promise.reject(new Error(`no ${key}`))),
    put: (key: string, value: string) => Promise.resolve(void secrets.set(key, value)),
    list: () => Promise.resolve([...secrets.keys()]),
    getName: () => name,
  };
}

/** Vaults by name, with their types and configs. */
function service(
  vaults: Readonly<Record<string, readonly [type: string, config?: Record<string, unknown>]>>,
  types: readonly Provider[] = [],
  broken: readonly BrokenVault[] = [],
): VaultService {
  const stored = Object.entries(vaults).map(([name, [type, config = {}]]): StoredVault => ({
    vault: { id: `id of ${name}`, name, type, config, createdAt: "" },
    file: `vaults/${name}.yaml`,
    path: `/r/vaults/${name}.yaml`,
  }));
  const known: Partial<ProviderTypes> = {
    summaries: () => types.map(({ type: normalized }) => ({ normalized } as never)),
    resolve: (type) => {
      const found = types.find((one) => one.type === type);
      if (found !== undefined) return Promise.resolve(found);
      return Promise.reject(new UserError("unknown_type", `Unknown vault type: ${type}`));
    },
  };
  return createVaultService({
    vaults: { list: () => Promise.resolve({ vaults: stored, broken }) },
    types: () => Promise.resolve(known as ProviderTypes),
    host: {} as VaultHost,
  });
}

Deno.test("secrets are put, got, listed and never mixed up between vaults", async () => {
  const vaults = service({ a: ["@acme/map"], b: ["@acme/map"] }, [
    vaultType("@acme/map", (name) => inMemory(name)),
  ]);
  await vaults.put("a", "k", "of a");
  await vaults.put("b", "k", "of b");
  await vaults.put("a", "j", "x");
  equal(await vaults.get("a", "k"), "of a");
  deepEqual(await vaults.list("a"), ["j", "k"]);
  deepEqual(await vaults.getVaultNames(), ["a", "b"]);
});

Deno.test("only the vault that is used is instantiated, and once", async () => {
  const created: string[] = [];
  const vaults = service({ a: ["@acme/map"], b: ["@acme/throws"] }, [
    vaultType("@acme/map", (name) => {
      created.push(name);
      return inMemory(name);
    }),
    vaultType("@acme/throws", () => {
      throw new Error("must not be called");
    }),
  ]);
  await Promise.all([vaults.list("a"), vaults.list("a")]);
  deepEqual(created, ["a"]);
});

Deno.test("a vault that could not be instantiated is tried again", async () => {
  let attempts = 0;
  const vaults = service({ a: ["@acme/flaky"] }, [
    vaultType("@acme/flaky", (name) => {
      if (++attempts === 1) throw new Error("network is down");
      return inMemory(name);
    }),
  ]);
  await rejects(vaults.list("a"), { code: "vault_failed", message: "network is down" });
  deepEqual(await vaults.list("a"), []);
});

Deno.test("what is wrong with one vault hides no other", async () => {
  const vaults = service(
    { bad: ["@acme/gone"], good: ["@acme/map"] },
    [vaultType("@acme/map", (name) => inMemory(name))],
  );
  deepEqual(await vaults.list("good"), []);
  await rejects(vaults.list("bad"), {
    code: "unknown_type",
    message: "Vault 'bad' cannot be used: Unknown vault type: @acme/gone",
    fields: { hint: "Its type may come with: swamp extension pull @acme/gone" },
  });
});

Deno.test("a type gets its config parsed, and a wrong config is told with its vault", async () => {
  const seen: unknown[] = [];
  const create: Create = (name, config) => {
    seen.push(config);
    return inMemory(name);
  };
  const schema = z.object({ dir: z.string(), size: z.number().default(3) });
  const vaults = service(
    { good: ["@acme/map", { dir: "/d" }], bad: ["@acme/map", { dir: 7 }] },
    [vaultType("@acme/map", create, schema)],
  );
  await vaults.list("good");
  deepEqual(seen, [{ dir: "/d", size: 3 }]);
  await rejects(vaults.list("bad"), {
    code: "invalid_config",
    message: "Invalid config for vault type '@acme/map' (vault 'bad'): " +
      "dir: Invalid input: expected string, received number",
  });
});

Deno.test("a provider that lacks methods is told with them", async () => {
  const vaults = service({ half: ["@acme/half"] }, [
    vaultType("@acme/half", () => ({ get: () => "", getName: () => "" })),
  ]);
  await rejects(vaults.get("half", "k"), {
    message: "createProvider for vault type '@acme/half' (vault 'half') returned an invalid " +
      "provider: missing methods: put, list. " +
      "A VaultProvider must implement get, put, list, and getName.",
  });
});

Deno.test("a type says in its own words why it has no secret", async () => {
  const vaults = service({ a: ["@acme/map"] }, [
    vaultType("@acme/map", (name) => inMemory(name)),
  ]);
  await rejects(vaults.get("a", "k"), { code: "vault_failed", message: "no k" });
});

Deno.test("a value that is no text is a mistake of the type", async () => {
  const vaults = service({ a: ["@acme/odd"] }, [
    vaultType("@acme/odd", (name) => ({ ...inMemory(name), get: () => Promise.resolve(7) })),
  ]);
  await rejects(vaults.get("a", "k"), /Vault 'a' failed: its type gave no text for the key 'k'/);
});

Deno.test("an unknown vault comes with those that there are", async () => {
  const vaults = service({ a: ["@acme/map"], b: ["@acme/map"] });
  await rejects(vaults.get("nov", "k"), {
    code: "vault_not_found",
    message: "Vault 'nov' not found. Available vaults: a, b.\n" +
      "Create 'nov' using: swamp vault create <type> nov",
  });
});

Deno.test("without any vault, types are named to make one of", async () => {
  const vaults = service({}, [vaultType("@acme/map", (name) => inMemory(name))]);
  await rejects(vaults.get("v", "k"), {
    message: "Vault 'v' not found. No vaults are configured.\n" +
      "Create 'v' using: swamp vault create <type> v\n" +
      "Available vault types: @acme/map\n" +
      "For cloud vaults, install an extension first (e.g., swamp extension pull @swamp/aws-sm).",
  });
});

Deno.test("a vault whose file is damaged is not called unknown", async () => {
  const broken = [{
    path: "/r/x",
    file: "vaults/x.yaml",
    reason: "config must be a map",
    name: "x",
  }];
  await rejects(service({}, [], broken).get("x", "k"), {
    code: "vault_broken",
    message: "Vault 'x' cannot be used: vaults/x.yaml: config must be a map",
  });
});

Deno.test("no error tells the value that could not be put, nor what caused it", async () => {
  const value = 'pa"ss\nword';
  const vaults = service({ a: ["@acme/loud"] }, [
    vaultType("@acme/loud", (name) => ({
      ...inMemory(name),
      put: (key: string, given: string) =>
        Promise.reject(new Error(`${key}: refused ${given}, sent ${JSON.stringify(given)}`)),
    })),
  ]);
  const error = await vaults.put("a", "k", value).catch((thrown) => thrown);
  ok(error instanceof UserError);
  equal(error.message, 'k: refused ***, sent "***"');
  equal(error.cause, undefined);
  match(error.stack ?? "", /^(?!.*word)/s);
});

Deno.test("a type that cannot delete says so", async () => {
  const vaults = service({ a: ["@acme/map"] }, [
    vaultType("@acme/map", (name) => inMemory(name)),
  ]);
  await rejects(vaults.delete("a", "k"), { code: "not_supported" });
});
