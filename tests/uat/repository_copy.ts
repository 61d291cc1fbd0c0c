import type { Repository } from "./swamp.ts";

/** Makes one repository a copy of another; what it held before is removed. */
export async function copyInto(target: Repository, source: Repository): Promise<void> {
  for (const { name } of Deno.readDirSync(target.root)) {
    Deno.removeSync(target.path(name), { recursive: true });
  }
  const { success } = await new Deno.Command("cp", {
    args: ["-R", `${source.root}/.`, target.root],
  }).output();
  if (!success) throw new Error(`Cannot copy ${source.root}`);
}
