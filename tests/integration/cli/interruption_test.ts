import { equal, match } from "node:assert/strict";
import { join } from "@std/path";
import { swampArguments, withNewRepository } from "./swamp_process.ts";

/** The lock of a repository as a living process elsewhere would hold it. */
const foreignLock = (): string =>
  JSON.stringify({
    holder: "ada@elsewhere",
    hostname: "elsewhere",
    pid: 1,
    acquiredAt: new Date().toISOString(),
    ttlMs: 30_000,
    nonce: crypto.randomUUID(),
  });

/** Runs swamp, which must wait for a lock, and sends a signal once it says so. */
async function interruptWaiting(root: string, signal: Deno.Signal): Promise<Deno.CommandStatus> {
  const swamp = new Deno.Command(Deno.execPath(), {
    args: swampArguments(["repo", "upgrade"]),
    cwd: root,
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let told = "";
  for await (const chunk of swamp.stderr.pipeThrough(new TextDecoderStream())) {
    told += chunk;
    if (!told.includes("\n")) continue;
    match(told, /waiting for ada@elsewhere/);
    swamp.kill(signal);
  }
  return await swamp.status;
}

for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test(`${signal} while waiting for a lock ends swamp with code ${code}`, () =>
    withNewRepository(async (root) => {
      const lock = join(root, ".swamp/.datastore.lock");
      const text = foreignLock();
      await Deno.writeTextFile(lock, text);
      equal((await interruptWaiting(root, signal)).code, code);
      equal(await Deno.readTextFile(lock), text, "the lock of somebody else stays");
    }));
}
