/**
 * A process that writes data: `data_writer_process.ts <root> <name> <count> [--hang]`. Prints the version numbers
 * that it wrote; with `--hang` it prints `writing` in the middle of a version and never goes on.
 */
import { createDataStore } from "../../../src/infrastructure/persistence/file_data_store.ts";
import {
  localPlace,
  repositoryLayout,
} from "../../../src/infrastructure/persistence/repository_layout.ts";
import { SCOPE, writeVersion } from "./data_samples.ts";

const [root = "", name = "", count = "1", mode] = Deno.args;
const store = createDataStore(repositoryLayout(root, localPlace(root)));

if (mode === "--hang") {
  const pending = await store.reserve(SCOPE, name);
  const writer = (await store.openContent(pending)).getWriter();
  await writer.write(new TextEncoder().encode("half of it"));
  console.log("writing");
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}
const versions: number[] = [];
for (let index = 0; index < Number(count); index++) {
  versions.push((await writeVersion(store, name, `${Deno.pid}:${index}`)).metadata.version);
}
console.log(JSON.stringify(versions));
