import { deepEqual, equal, ok } from "node:assert/strict";
import { fromFileUrl, join } from "@std/path";
import { createDataStore } from "../../../src/infrastructure/persistence/file_data_store.ts";
import { createLocks } from "../../../src/infrastructure/persistence/file_locks.ts";
import { renameData } from "../../../src/libswamp/data/rename.ts";
import { withCatalog } from "./cataloged_data.ts";
import { MODEL_ID, type Shelf, withShelf } from "./stored_data.ts";

const DYING = fromFileUrl(new URL("./dying_process.ts", import.meta.url));
const SCOPE = { type: "@acme/thing", modelId: MODEL_ID };

/** Lets a process do something and kills it in front of its n-th change; tells whether it came to it. */
async function killedAt(root: string, action: string, n: number): Promise<boolean> {
  const { success, signal, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", DYING, root, action, String(n)],
    stderr: "piped",
  }).output();
  if (!success && signal === null) throw new Error(new TextDecoder().decode(stderr));
  return !success;
}

/** What everybody sees of the names: version, content, and where the name leads. */
async function seen({ layout }: Shelf): Promise<Record<string, string>> {
  const store = createDataStore(layout, ({ path, reason }) => {
    throw new Error(`${path}: ${reason}`);
  });
  const found: Record<string, string> = {};
  for (const name of ["a", "b"]) {
    const stored = await store.get(SCOPE, name);
    if (stored === undefined) continue;
    const { version, renamedTo, size } = stored.metadata;
    const bytes = await store.content(stored);
    equal(bytes?.length, size);
    const text = renamedTo === undefined ? new TextDecoder().decode(bytes) : `→ ${renamedTo}`;
    found[name] = `${version}: ${text}`;
  }
  return found;
}

/** Files and folders of the model that are neither versions nor notes of the latest. */
function remains({ layout }: Shelf): string[] {
  const model = join(layout.data, "@acme/thing", MODEL_ID);
  const inside = (folder: string): string[] =>
    [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => [
      ...(/^(?:[ab]|\d+|latest|raw|metadata\.yaml|\.lock)$/.test(name) ? [] : [name]),
      ...(isDirectory ? inside(join(folder, name)) : []),
    ]);
  // A temporary file may be somebody's; it goes when it is old.
  return inside(model).filter((name) => !name.endsWith(".tmp"));
}

/** What an action may leave, once somebody has swept up behind a process that was killed. */
const OUTCOMES: Readonly<Record<string, readonly Record<string, string>[]>> = {
  rename: [{ a: "2: two" }, { a: "3: → b", b: "1: two" }],
  write: [{ a: "2: two" }, { a: "3: three" }],
  "write a first version": [{ a: "2: two" }, { a: "2: two", b: "1: one" }],
  "remove a version": [{ a: "2: two" }, { a: "1: one" }],
  "remove a name": [{ a: "2: two" }, {}],
};

for (const [action, outcomes] of Object.entries(OUTCOMES)) {
  Deno.test(`${action}: whenever the process is killed, all of it has happened or nothing`, async () => {
    const reached = new Set<string>();
    for (let n = 1, killed = true; killed; n++) {
      await withShelf(async (shelf) => {
        await shelf.put("a", "one");
        await shelf.put("a", "two");
        killed = await killedAt(shelf.layout.root, action, n);
        await createDataStore(shelf.layout).sweep();
        const found = JSON.stringify(await seen(shelf));
        const allowed = outcomes.map((outcome) => JSON.stringify(outcome));
        ok(allowed.includes(found), `killed in front of change ${n}: ${found}`);
        deepEqual(remains(shelf), [], `killed in front of change ${n}`);
        reached.add(found);
        equal((await shelf.put("a", "next")).metadata.name, "a");
      });
    }
    equal(reached.size, outcomes.length, "every outcome was met");
  });
}

Deno.test("a rename whose process was killed half way is completed by the next writer of the model", async () => {
  let halves = 0;
  for (let n = 1, killed = true; killed; n++) {
    await withShelf(async (shelf) => {
      await shelf.put("a", "one");
      killed = await killedAt(shelf.layout.root, "rename", n);
      const { a, b } = await seen(shelf);
      if (a?.startsWith("2") === (b !== undefined)) return;
      halves++;
      await shelf.put("other", "x");
      deepEqual(await seen(shelf), { a: "2: → b", b: "1: one" });
    });
  }
  ok(halves > 0, "there is a moment at which only a part is done");
});

Deno.test("a rename can be done again after it was killed", async () => {
  for (let n = 1, killed = true; killed; n++) {
    await withShelf(async (shelf) => {
      const { layout, definitions, data } = shelf;
      await shelf.put("a", "one");
      killed = await killedAt(layout.root, "rename", n);
      const locks = createLocks(layout, { notice: () => {} });
      const request = { model: "t1", oldName: "a", newName: "b" };
      await renameData({ definitions, data, locks }, request).catch(({ code }) => {
        equal(code, "data_deleted", `killed in front of change ${n}`);
      });
      // A number may be skipped: who died right after taking it left no name.
      const texts = Object.values(await seen(shelf)).map((text) => text.replace(/^\d+: /, ""));
      deepEqual(texts, ["→ b", "one"]);
    });
  }
});

Deno.test("queries see what became of a rename that was killed", () =>
  withCatalog(async (shelf) => {
    for (let n = 1, killed = true; killed; n++) {
      await shelf.data.removeAll(SCOPE);
      await shelf.put("a", "one");
      await shelf.found();
      killed = await killedAt(shelf.layout.root, "rename", n);
      await shelf.found();
      await shelf.data.sweep();
      const found = JSON.stringify(await shelf.found());
      ok(['[["a",1]]', '[["b",1]]'].includes(found), `killed in front of change ${n}: ${found}`);
    }
  }));
