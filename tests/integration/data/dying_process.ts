/**
 * A process that is killed in front of its n-th change of the disk:
 * `dying_process.ts <root> <action> <n>`. It ends in peace if it makes fewer changes than that.
 */
import { createDataStore } from "../../../src/infrastructure/persistence/file_data_store.ts";
import { createLocks } from "../../../src/infrastructure/persistence/file_locks.ts";
import {
  localPlace,
  repositoryLayout,
} from "../../../src/infrastructure/persistence/repository_layout.ts";
import { createDefinitionStore } from "../../../src/infrastructure/persistence/yaml_definition_store.ts";
import { renameData } from "../../../src/libswamp/data/rename.ts";
import { MODEL_ID, putData } from "./stored_data.ts";

const [root = "", action, fatal] = Deno.args;
const layout = repositoryLayout(root, localPlace(root));
const data = createDataStore(layout);
const scope = { type: "@acme/thing", modelId: MODEL_ID };

const ACTIONS: Readonly<Record<string, () => Promise<unknown>>> = {
  rename: () =>
    renameData({
      data,
      definitions: createDefinitionStore(layout),
      locks: createLocks(layout, { notice: () => {} }),
    }, { model: "t1", oldName: "a", newName: "b" }),
  write: () => putData(data, "a", "three"),
  "write a first version": () => putData(data, "b", "one"),
  "remove a version": () => data.remove(scope, "a", 2),
  "remove a name": () => data.remove(scope, "a"),
};

const CHANGES = ["rename", "mkdir", "remove", "open", "writeFile", "writeTextFile"] as const;

let changes = 0;
for (const name of CHANGES) {
  // deno-lint-ignore no-explicit-any -- functions of several signatures get the same wrapper.
  const original = Deno[name] as any;
  Object.defineProperty(Deno, name, {
    value: (...args: unknown[]) => {
      if (++changes === Number(fatal)) Deno.kill(Deno.pid, "SIGKILL");
      return original(...args);
    },
  });
}

await ACTIONS[action ?? ""]!();
