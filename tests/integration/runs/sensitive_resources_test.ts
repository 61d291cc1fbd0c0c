import assert from "node:assert/strict";
import { join } from "@std/path";
import fc from "fast-check";
import { z } from "zod";
import { UserError } from "../../../src/domain/errors.ts";
import type { MethodContext } from "../../../src/domain/models/method_context.ts";
import type { RepositoryLayout } from "../../../src/infrastructure/persistence/repository_layout.ts";
import { restoreSecrets } from "../../../src/libswamp/data/restored_secrets.ts";
import { Redactor } from "../../../src/domain/redactor.ts";
import { addVault, type MemoryVault, memoryVault } from "../vaults/memory_vault.ts";
import { type Lab, MODEL_ID, vaultsOf, withModel } from "./method_runs.ts";

const SECRET = z.unknown().meta({ sensitive: true });

const KEPT = { lifetime: "infinite", garbageCollection: 10 };

const RESOURCES = {
  login: { ...KEPT, schema: z.object({ user: z.string(), password: SECRET }) },
  deep: {
    ...KEPT,
    schema: z.object({
      accounts: z.array(z.object({ name: z.string(), token: SECRET })),
      byName: z.record(z.string(), z.object({ pin: SECRET })),
      either: z.union([z.object({ key: SECRET }), z.string()]),
    }).partial(),
  },
  placed: {
    ...KEPT,
    vaultName: "second",
    schema: z.object({
      here: SECRET,
      there: z.string().meta({ sensitive: true, vaultName: "third", vaultKey: "well-known" }),
    }),
  },
  whole: { ...KEPT, schema: z.any(), sensitiveOutput: true },
  plain: { ...KEPT, schema: z.any() },
};

/** Runs `test` where a method does whatever the test wants, with the vault `main` in memory. */
function withSecrets(
  test: (
    lab: Lab,
    main: MemoryVault,
    does: (body: (context: MethodContext) => Promise<unknown>) => void,
  ) => Promise<void>,
): Promise<void> {
  let body: (context: MethodContext) => Promise<unknown> = () => Promise.resolve();
  const go = {
    description: "Go",
    arguments: z.object({}),
    execute: async (_args: unknown, context: MethodContext) => {
      await body(context);
      return {};
    },
  };
  return withModel({ resources: RESOURCES, methods: { go } }, async (lab) => {
    await addVault(lab.layout, "main");
    await test(lab, memoryVault(lab.layout, "main"), (next) => {
      body = next;
    });
  });
}

const REFERENCE = /^\$\{\{ vault\.get\('main', '([\w-]+)'\) \}\}$/;

/** Every file of data as text. */
async function stored({ data }: RepositoryLayout): Promise<string> {
  const folder = join(data, "@acme/thing", MODEL_ID);
  const texts: string[] = [];
  for await (const name of Deno.readDir(folder)) {
    for await (const version of Deno.readDir(join(folder, name.name))) {
      if (!version.isDirectory) continue;
      texts.push(await Deno.readTextFile(join(folder, name.name, version.name, "raw")));
    }
  }
  return texts.join("\n");
}

Deno.test("a sensitive field is kept in a vault, and a reference in the data", () =>
  withSecrets(async (lab, main, does) => {
    const given = { user: "u", password: "hunter2" };
    does(async (context) => {
      await context.writeResource("login", "main", given);
      assert.deepEqual(await context.readResource("main"), given);
      const [record] = await context.readModelData("t1") as [{ attributes: unknown }];
      assert.deepEqual(record.attributes, given);
    });
    const run = await lab.run("go");
    const { user, password } = await lab.json("main");
    assert.equal(user, "u");
    const [, key] = REFERENCE.exec(password as string) ?? [];
    assert.deepEqual([...main.secrets], [[key, "hunter2"]]);
    assert.match(key!, /^t1-password-main-v1-swamp/);
    assert.deepEqual(run.dataArtifacts[0]?.attributes, { user, password });
    assert.match(await lab.log(run), /^info Stored sensitive field "password" in vault "main"$/m);
  }));

Deno.test("lists, records and unions are searched, and every type comes back", () =>
  withSecrets(async (lab, main, does) => {
    const given = {
      accounts: [{ name: "a", token: 1 }, { name: "b", token: { nested: ["x", null] } }],
      byName: { "it's": { pin: false } },
      either: { key: "" },
    };
    does(async (context) => {
      await context.writeResource("deep", "main", given);
      assert.deepEqual(await context.readResource("main"), given);
    });
    await lab.run("go");
    assert.equal(main.secrets.size, 4);
    assert.doesNotMatch(JSON.stringify(await lab.json("main")), /nested|false/);
  }));

Deno.test("any JSON value comes back as it was", () =>
  withSecrets(async (lab, _main, does) => {
    const vaults = await vaultsOf(lab.layout);
    does((context) =>
      fc.assert(
        fc.asyncProperty(fc.jsonValue(), async (password) => {
          if (password === null) return;
          await context.writeResource("login", "main", { user: "u", password });
          const plain = JSON.parse(JSON.stringify(password));
          assert.deepEqual(await context.readResource("main"), { user: "u", password: plain });
          const onDisk = await lab.json("main");
          const dependencies = {
            openVaults: () => Promise.resolve(vaults),
            redactor: new Redactor(),
          };
          assert.deepEqual(await restoreSecrets(dependencies, onDisk.password), plain);
        }),
        { numRuns: 25 },
      )
    );
    await lab.run("go");
  }));

Deno.test("instances and old versions keep their own secrets", () =>
  withSecrets(async (lab, main, does) => {
    does(async (context) => {
      for (const name of ["one", "two"]) {
        for (const password of ["first", "second"]) {
          await context.writeResource("login", name, {
            user: "u",
            password: `${password} ${name}`,
          });
        }
      }
      for (const name of ["one", "two"]) {
        const read = [await context.readResource(name, 1), await context.readResource(name)];
        assert.deepEqual(read.map((resource) => resource?.password), [
          `first ${name}`,
          `second ${name}`,
        ]);
      }
    });
    await lab.run("go");
    assert.equal(main.secrets.size, 4);
  }));

Deno.test("field and spec say which vault, the field how the key begins", () =>
  withSecrets(async (lab, main, does) => {
    for (const name of ["second", "third"]) await addVault(lab.layout, name);
    does((context) =>
      context.writeResource("placed", "x", { here: "in second", there: "in third" })
    );
    await lab.run("go");
    assert.equal(main.secrets.size, 0);
    const { secrets } = memoryVault(lab.layout, "third");
    assert.match([...secrets.keys()].join(), /^well-known-x-v1-swamp/);
    assert.deepEqual([...memoryVault(lab.layout, "second").secrets.values()], ["in second"]);
  }));

Deno.test("a vault that cannot take secrets is not chosen by itself", () =>
  withModel({
    resources: RESOURCES,
    methods: {
      go: {
        description: "Go",
        arguments: z.object({}),
        execute: async (_args: unknown, context: MethodContext) => {
          await context.writeResource("login", "main", { user: "u", password: "hunter2" });
          return {};
        },
      },
    },
  }, async (lab) => {
    await addVault(lab.layout, "a-first", "environment");
    assert.match((await lab.fail("go")).message, /^Vault 'a-first' is read-only\./);
    await addVault(lab.layout, "b-second");
    await lab.run("go");
    assert.equal(memoryVault(lab.layout, "b-second").secrets.size, 1);
  }));

Deno.test("of a resource that is sensitive as a whole, every member is", () =>
  withSecrets(async (lab, _main, does) => {
    const given = { name: "n", size: 5, nothing: null };
    does(async (context) => {
      await context.writeResource("whole", "main", given);
      assert.deepEqual(await context.readResource("main"), given);
    });
    await lab.run("go");
    const { name, size, nothing } = await lab.json("main");
    assert.match(String(name), REFERENCE);
    assert.match(String(size), REFERENCE);
    assert.equal(nothing, null);
  }));

Deno.test("of a sensitive resource that has no members, all of it is in the vault", () =>
  withSecrets(async (lab, main, does) => {
    does(async (context) => {
      await context.writeResource("whole", "list", ["s3cr3t-1"] as never);
      await context.writeResource("whole", "text", "s3cr3t-2" as never);
    });
    await lab.run("go");
    assert.match(JSON.parse(await lab.text("list") ?? ""), REFERENCE);
    assert.match(JSON.parse(await lab.text("text") ?? ""), REFERENCE);
    assert.deepEqual([...main.secrets.values()].sort(), ['["s3cr3t-1"]', "s3cr3t-2"]);
  }));

Deno.test("what the author gave stays as it is", () =>
  withSecrets(async (lab, _main, does) => {
    const given = { user: "u", password: { parts: ["p"] } };
    does((context) => context.writeResource("login", "main", given));
    await lab.run("go");
    assert.deepEqual(given, { user: "u", password: { parts: ["p"] } });
  }));

Deno.test("a secret that looks like a part of references is one, and the references work", () =>
  withSecrets(async (lab, _main, does) => {
    does(async (context) => {
      for (const password of ["main", "vault.get", "password", "${{ vault.get('main', 'k') }}"]) {
        await context.writeResource("login", "x", { user: "u", password });
        assert.equal((await context.readResource("x"))?.password, password);
      }
    });
    await lab.run("go");
  }));

Deno.test("a secret of the run is in no other data, and the run says so", () =>
  withSecrets(async (lab, _main, does) => {
    does(async (context) => {
      await context.writeResource("login", "a", { user: "is hunter2", password: "hunter2" });
      await context.writeResource("plain", "b", { url: "x://u:hunter2@h", ["hunter2"]: 1 });
    });
    const { warnings = [] } = await lab.run("go");
    assert.deepEqual(warnings.map(({ code, fields }) => [code, fields]), [
      ["secret_redacted", ["user"]],
      ["secret_redacted", ["url", "***"]],
    ]);
    assert.doesNotMatch(await stored(lab.layout), /hunter2/);
  }));

Deno.test("a text that only looks as if swamp had put it there is told", () =>
  withSecrets(async (lab, main, does) => {
    main.secrets.set("old", "from before");
    does(async (context) => {
      await context.writeResource("plain", "b", { old: "${{ vault.get('main', 'old') }}" });
      assert.deepEqual(await context.readResource("b"), { old: "from before" });
    });
    const { warnings = [] } = await lab.run("go");
    assert.deepEqual(warnings.map(({ code }) => code), ["foreign_secret_reference"]);
  }));

Deno.test("where a secret cannot be put, neither data nor secrets are left", () =>
  withSecrets(async (lab, main, does) => {
    main.before = (operation, key) => {
      if (operation === "put" && key.includes("byName")) throw new Error("no room for false");
    };
    does((context) =>
      context.writeResource("deep", "main", {
        accounts: [{ name: "a", token: "hunter2" }],
        byName: { x: { pin: false } },
      })
    );
    const { message } = await lab.fail("go");
    assert.match(
      message,
      /^Failed to store sensitive field "byName\.x\.pin" in vault "main": no room for \*\*\*$/,
    );
    assert.equal(main.secrets.size, 0);
    assert.equal(await lab.text("main"), undefined);
    await assert.rejects(Deno.stat(join(lab.layout.data, "@acme/thing", MODEL_ID, "main")));
  }));

Deno.test("where the data cannot be written, the secrets are taken back", () =>
  withSecrets(async (lab, main, does) => {
    does(async (context) => {
      const folder = join(lab.layout.data, "@acme/thing", MODEL_ID, "main", "1", "raw");
      main.before = async (operation) => {
        // In the way of the content that is written next.
        if (operation === "put") await Deno.mkdir(folder);
      };
      await context.writeResource("login", "main", { user: "u", password: "hunter2" });
    });
    await lab.fail("go");
    assert.equal(main.secrets.size, 0);
    assert.equal(await lab.text("main"), undefined);
  }));

Deno.test("secrets that cannot be taken back are told", () =>
  withSecrets(async (lab, main, does) => {
    main.canDelete = false;
    does(async (context) => {
      const folder = join(lab.layout.data, "@acme/thing", MODEL_ID, "main", "1", "raw");
      main.before = async (operation) => {
        if (operation === "put") await Deno.mkdir(folder);
      };
      await context.writeResource("login", "main", { user: "u", password: "hunter2" });
    });
    const { fields } = await lab.fail("go");
    const [warning] = fields.warnings as { code: string; message: string }[];
    assert.equal(warning?.code, "secret_left_behind");
    assert.match(warning?.message ?? "", /may be left in vault "main".*cannot delete secrets$/);
  }));

Deno.test("a vault that there is not is told with those that there are", () =>
  withSecrets(async (lab, _main, does) => {
    does((context) => context.writeResource("placed", "x", { here: "1", there: "2" }));
    const { message, code } = await lab.fail("go");
    assert.equal(code, "vault_not_found");
    assert.match(message, /^Vault 'second' not found\. Available vaults: main\.\nCreate 'second' /);
  }));

Deno.test("a secret that is gone fails who reads it, with its name", () =>
  withSecrets(async (lab, main, does) => {
    does(async (context) => {
      await context.writeResource("login", "main", { user: "u", password: "hunter2" });
      main.secrets.clear();
      await assert.rejects(context.readResource("main"), (error) =>
        error instanceof UserError &&
        /^Failed to resolve vault expression vault\.get\(main, t1-.*\): There is no t1-/.test(
          error.message,
        ));
    });
    await lab.run("go");
  }));

Deno.test("expressions get the value of a sensitive field as it was, and nobody else does", () => {
  const seen: unknown[] = [];
  const methods = {
    write: {
      description: "Write",
      arguments: z.object({}),
      execute: async (_args: unknown, context: MethodContext) => {
        const password = { port: 5432, key: "hunter2 and more" };
        await context.writeResource("login", "main", { user: "u", password });
        return {};
      },
    },
    take: {
      description: "Take",
      arguments: z.object({}).passthrough(),
      execute: (args: unknown, context: MethodContext) => {
        seen.push(args);
        context.logger.info(JSON.stringify(args));
        return Promise.resolve({});
      },
    },
  };
  const password = 'data.latest("t1", "main").attributes.password';
  const given = {
    next: `\${{ ${password}.port + 1 }}`,
    key: `\${{ ${password}.key }}`,
    whole: `\${{ ${password} }}`,
  };
  return withModel({ resources: RESOURCES, methods }, async (lab) => {
    await addVault(lab.layout, "main");
    await lab.run("write");
    const run = await lab.run("take");
    const whole = { port: 5432, key: "hunter2 and more" };
    assert.deepEqual(seen, [{ next: 5433, key: whole.key, whole }]);
    assert.doesNotMatch(JSON.stringify(run), /hunter2/);
    assert.doesNotMatch(await lab.log(run), /hunter2/);
  }, { methods: { take: { arguments: given } } });
});
