/**
 * A process that takes the global lock: `lock_process.ts <root> count <times>` adds one to the number in
 * `<root>/count` so many times, a lock for each; `lock_process.ts <root> hold` takes the lock, prints
 * `held` and keeps it.
 */
import { join } from "@std/path";
import { createLocks } from "../../../src/infrastructure/persistence/file_locks.ts";
import {
  localPlace,
  repositoryLayout,
} from "../../../src/infrastructure/persistence/repository_layout.ts";

const [root = "", mode, times = "1"] = Deno.args;
const locks = createLocks(repositoryLayout(root, localPlace(root)), { notice: () => {} });
const counter = join(root, "count");

if (mode === "hold") {
  const _lock = await locks.global();
  console.log("held");
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}
for (let round = 0; round < Number(times); round++) {
  await using _lock = await locks.global();
  const count = Number(await Deno.readTextFile(counter));
  await new Promise((resolve) => setTimeout(resolve, 5));
  await Deno.writeTextFile(counter, String(count + 1));
}
