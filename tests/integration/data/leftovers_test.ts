import { deepEqual, equal } from "node:assert/strict";
import { dirname, join } from "@std/path";
import { type Shelf, withShelf } from "./stored_data.ts";

const uuid = () => crypto.randomUUID();

/** The folder of the name `main`, of which there is one version. */
async function nameFolder({ put }: Shelf): Promise<string> {
  return dirname((await put("main", "one")).path);
}

function writeFile(path: string, text = "x"): string {
  Deno.mkdirSync(dirname(path), { recursive: true });
  Deno.writeTextFileSync(path, text);
  return path;
}

/** The id of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = new Deno.Command("true").spawn();
  await child.status;
  return child.pid;
}

const host = Deno.hostname().replaceAll(/[^\w.-]/g, "_");

function isThere(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

const age = (path: string, minutes: number) => {
  const time = new Date(Date.now() - minutes * 60_000);
  Deno.utimeSync(path, time, time);
};

/** What may lie around, and whether it is somebody's. */
const FOUND: Readonly<
  Record<string, { readonly make: (folder: string) => unknown; readonly goes: boolean }>
> = {
  "a version on its way out": {
    make: (folder) => writeFile(join(folder, `.removed-${uuid()}`, "raw")),
    goes: true,
  },
  "a name on its way out": {
    make: (folder) => writeFile(join(dirname(folder), `.removed-${uuid()}`, "1", "raw")),
    goes: true,
  },
  "a version whose writer was killed": {
    make: async (folder) => {
      writeFile(join(folder, "2", "raw"));
      return writeFile(join(folder, "2", `.writing-${await deadPid()}-${uuid()}@${host}`));
    },
    goes: true,
  },
  "a version that is being written": {
    make: (folder) => writeFile(join(folder, "2", `.writing-${Deno.pid}-${uuid()}@${host}`)),
    goes: false,
  },
  "a version that is written on another machine": {
    make: (folder) => writeFile(join(folder, "2", `.writing-1-${uuid()}@elsewhere`)),
    goes: false,
  },
  "a temporary file of long ago": {
    make: (folder) => {
      const path = writeFile(join(folder, `.${uuid()}.tmp`));
      age(path, 90);
      return path;
    },
    goes: true,
  },
  "a temporary file of now": {
    make: (folder) => writeFile(join(folder, `.${uuid()}.tmp`)),
    goes: false,
  },
  "a file of the user's": { make: (folder) => writeFile(join(folder, "notes.txt")), goes: false },
};

for (const [what, { make, goes }] of Object.entries(FOUND)) {
  Deno.test(`${what} ${goes ? "is swept away" : "is left alone"}`, () =>
    withShelf(async (shelf) => {
      const path = await make(await nameFolder(shelf)) as string;
      equal(await shelf.data.sweep(), goes ? 1 : 0);
      equal(isThere(path), !goes);
      const scope = { type: "@acme/thing", modelId: (await shelf.data.scopes())[0]!.modelId };
      deepEqual(await shelf.data.versions(scope, "main"), [1]);
      equal(await shelf.data.sweep(), 0);
    }));
}

Deno.test("a name of which only an unfinished version is left goes with it", () =>
  withShelf(async (shelf) => {
    const folder = join(dirname(await nameFolder(shelf)), "unborn");
    writeFile(join(folder, "1", `.writing-${await deadPid()}-${uuid()}@${host}`));
    equal(await shelf.data.sweep(), 1);
    equal(isThere(folder), false);
  }));

Deno.test("a note that makes no sense is no way to rename files", () =>
  withShelf(async (shelf) => {
    const folder = await nameFolder(shelf);
    const prey = writeFile(join(shelf.layout.root, "prey"));
    const claims = [{ path: "../../../../../prey", target: "main/1/metadata.yaml" }];
    const note = { pid: await deadPid(), hostname: Deno.hostname(), claims };
    for (const text of [JSON.stringify(note), "garbage", "null", "{}"]) {
      const path = writeFile(join(dirname(folder), ".publishing"), text);
      await shelf.data.sweep();
      equal(isThere(path), false);
    }
    equal(isThere(prey), true);
    equal((await shelf.put("main", "two")).metadata.version, 2);
  }));

Deno.test("what another process is publishing together is left to it", () =>
  withShelf(async (shelf) => {
    const folder = await nameFolder(shelf);
    const claim = writeFile(join(folder, "2", `.writing-${Deno.pid}-${uuid()}@${host}`));
    const claims = [{ path: `main/2/${claim.split("/").at(-1)}`, target: "main/2/metadata.yaml" }];
    const note = { pid: Deno.pid, hostname: Deno.hostname(), claims };
    writeFile(join(dirname(folder), ".publishing"), JSON.stringify(note));
    await shelf.put("other", "x");
    equal(isThere(claim), true);
  }));
