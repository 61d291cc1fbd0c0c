/**
 * Whether a process with this id runs on this machine, whoever owns it. One that has died and that its
 * parent has not waited for yet does not count.
 */
export function processIsAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    Deno.kill(pid, 0);
  } catch (error) {
    // Somebody else's process answers "not permitted", which means that it is there.
    return !(error instanceof Deno.errors.NotFound);
  }
  return !isZombie(pid);
}

/** Reads `/proc/<pid>/stat`: `pid (name) state …` (man 5 proc). */
function isZombie(pid: number): boolean {
  if (Deno.build.os !== "linux") return false;
  try {
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    return /^[ZX]$/.test(stat.charAt(stat.lastIndexOf(")") + 2));
  } catch {
    return false;
  }
}
