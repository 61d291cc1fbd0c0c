import { equal, rejects } from "node:assert/strict";
import { dirname } from "@std/path";
import { temporaryFolder } from "../../../src/infrastructure/drivers/temporary_folder.ts";

async function modeOf(path: string): Promise<string> {
  return (((await Deno.stat(path)).mode ?? 0) & 0o777).toString(8);
}

Deno.test("any user of a container can read a temporary folder, nobody else on this machine", async () => {
  const umask = Deno.umask(0o077);
  try {
    await using folder = await temporaryFolder();
    await folder.write("a/b/c.txt", "text");
    await Deno.chmod(`${folder.path}/a/b/c.txt`, 0o600);
    await folder.place("d/e.txt", `${folder.path}/a/b/c.txt`);
    await folder.write("f.txt", "text");
    equal(await Deno.readTextFile(`${folder.path}/d/e.txt`), "text");
    equal(await modeOf(dirname(folder.path)), "700");
    for (const name of ["", "a", "a/b", "d"]) equal(await modeOf(`${folder.path}/${name}`), "755");
    for (const name of ["d/e.txt", "f.txt"]) equal(await modeOf(`${folder.path}/${name}`), "644");
  } finally {
    Deno.umask(umask);
  }
});

Deno.test("nothing is left of a temporary folder", async () => {
  let path = "";
  {
    await using folder = await temporaryFolder();
    path = folder.path;
    await folder.write("a/b.txt", "text");
  }
  await rejects(Deno.stat(dirname(path)), Deno.errors.NotFound);
});
