import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { dirname, join } from "@std/path";
import type { Vault } from "../../../src/domain/vaults/vault.ts";
import type { VaultStore } from "../../../src/domain/vaults/vault_store.ts";
import type { RepositoryLayout } from "../../../src/infrastructure/persistence/repository_layout.ts";
import { createVaultStore } from "../../../src/infrastructure/persistence/yaml_vault_store.ts";
import { withRepository } from "../persistence/temporary_repository.ts";

interface Lab {
  readonly layout: RepositoryLayout;
  readonly store: VaultStore;
  readonly damage: string[];
  readonly warnings: string[];
  write(file: string, text: string): string;
}

function withStore(test: (lab: Lab) => Promise<void>): () => Promise<void> {
  return () =>
    withRepository(async (layout) => {
      const damage: string[] = [];
      const warnings: string[] = [];
      const store = createVaultStore(layout, {
        report: ({ path, reason }) =>
          damage.push(`${path.slice(layout.root.length + 1)}: ${reason}`),
        warn: (message) => warnings.push(message),
      });
      const write = (file: string, text: string) => {
        const path = join(layout.root, file);
        Deno.mkdirSync(dirname(path), { recursive: true });
        Deno.writeTextFileSync(path, text);
        return path;
      };
      await test({ layout, store, damage, warnings, write });
    });
}

function vault(name: string, more: Partial<Vault> = {}): Vault {
  return {
    id: crypto.randomUUID(),
    name,
    type: "@acme/safe",
    config: {},
    createdAt: "2026-11-20T10:00:00.000Z",
    ...more,
  };
}

const names = async (store: VaultStore) =>
  (await store.list()).vaults.map(({ vault }) => vault.name);

Deno.test(
  "a vault is written below its type, with its fields in order, and read again",
  withStore(async ({ layout, store }) => {
    const config = { dir: "~/x", nested: { list: [1, "two"] } };
    const added = await store.add(vault("main", { config }));
    equal(added.file, `vaults/@acme/safe/${added.vault.id}.yaml`);
    match(
      Deno.readTextFileSync(join(layout.root, added.file)),
      /^id: .*\nname: main\ntype: '@acme\/safe'\nconfig:\n(?: .*\n)+createdAt: '2026-.*Z'\n$/,
    );
    deepEqual((await store.list()).vaults, [added]);
  }),
);

Deno.test(
  "vaults are listed in the order in which they were created",
  withStore(async ({ store }) => {
    await store.add(vault("a", { createdAt: "2026-11-20T10:00:02.000Z" }));
    await store.add(vault("z", { createdAt: "2026-11-20T10:00:01.000Z" }));
    deepEqual(await names(store), ["z", "a"]);
  }),
);

Deno.test(
  "a repository without vaults has none",
  withStore(async ({ store }) => {
    deepEqual(await store.list(), { vaults: [], broken: [] });
  }),
);

Deno.test(
  "one broken file hides only itself, and is told once",
  withStore(async ({ store, damage, write }) => {
    await store.add(vault("good"));
    write("vaults/x/list.yaml", `id: ${crypto.randomUUID()}\nname: bad\ntype: x\nconfig: [1]\n`);
    write("vaults/x/syntax.yaml", "name: [");
    deepEqual(await names(store), ["good"]);
    await store.list();
    equal(damage.length, 2);
    equal(damage[0], "vaults/x/list.yaml: createdAt is missing; config must be a map");
    match(damage[1]!, /^vaults\/x\/syntax\.yaml: .* at line 1/);
    const { broken } = await store.list();
    deepEqual(broken.map(({ name }) => name), ["bad", undefined]);
  }),
);

Deno.test(
  "files in any folder below vaults/ count, other files do not",
  withStore(async ({ store, write }) => {
    const text = JSON.stringify(vault("deep"));
    write("vaults/a/b/c.yaml", text);
    write("vaults/a/b/c.yml", text);
    write("vaults/readme.md", "hello");
    deepEqual(await names(store), ["deep"]);
  }),
);

Deno.test({
  name: "links are followed, and circles end",
  ignore: Deno.build.os === "windows",
  fn: withStore(async ({ layout, store, write }) => {
    write("shared/one.yaml", JSON.stringify(vault("linked")));
    Deno.mkdirSync(layout.vaults);
    Deno.symlinkSync(join(layout.root, "shared"), join(layout.vaults, "shared"));
    Deno.symlinkSync(layout.vaults, join(layout.root, "shared/back"));
    deepEqual(await names(store), ["linked"]);
  }),
});

Deno.test(
  "a renamed type is read under its new name, with one warning",
  withStore(async ({ store, warnings, write }) => {
    write("vaults/aws/a.yaml", JSON.stringify(vault("cloud", { type: "aws" })));
    await store.list();
    equal((await store.list()).vaults[0]?.vault.type, "@swamp/aws-sm");
    deepEqual(warnings, [
      "Vault 'cloud' has the type 'aws', which is called '@swamp/aws-sm' now. " +
      "Change it in vaults/aws/a.yaml.",
    ]);
  }),
);

Deno.test(
  "a replaced vault keeps comments and order of the new text, and gets what that leaves out",
  withStore(async ({ store }) => {
    const { path, vault: before } = await store.add(vault("main"));
    const after = { ...before, config: { dir: "/d" } };
    await store.replace(path, after, "# mine\nconfig:\n  dir: /d # here\nname: main\n");
    match(Deno.readTextFileSync(path), /^# mine\nconfig:\n {2}dir: \/d # here\nname: main\nid: /);
    deepEqual((await store.list()).vaults[0]?.vault, after);
  }),
);

Deno.test(
  "a removed vault takes its empty folders along",
  withStore(async ({ layout, store }) => {
    const { path } = await store.add(vault("main"));
    await store.remove(path);
    deepEqual([...Deno.readDirSync(layout.vaults)], []);
  }),
);

Deno.test(
  "text that is no YAML is told with its place",
  withStore(async ({ store }) => {
    await rejects(store.parse("a: [\nb: 1"), { code: "invalid_yaml", message: / line \d/ });
  }),
);

Deno.test(
  "a folder that cannot be written is named",
  withStore(async ({ layout, store }) => {
    Deno.writeTextFileSync(layout.vaults, "in the way");
    await rejects(store.add(vault("main")), {
      code: "not_writable",
      message: /^Cannot write vaults\/@acme\/safe\//,
    });
  }),
);
