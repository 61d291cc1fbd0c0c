/**
 * Process groups: a process started with `detached` leads one, and everything that it starts belongs
 * to it unless it leaves on purpose.
 *
 * @module
 */

/** Sends a signal to every process of a group; does nothing when there is none. */
export function signalGroup(leader: number, signal: Deno.Signal): void {
  try {
    Deno.kill(Deno.build.os === "windows" ? leader : -leader, signal);
  } catch {
    // All of them have ended.
  }
}

/**
 * Whether a process of the group still runs. Dead ones that nobody has waited for do not count: in a
 * container they may stay for ever.
 */
export async function groupLives(leader: number): Promise<boolean> {
  if (Deno.build.os !== "linux") return signalReaches(leader);
  for await (const { name } of Deno.readDir("/proc")) {
    if (/^\d+$/.test(name) && await isRunningMember(name, leader)) return true;
  }
  return false;
}

/** Reads `/proc/<pid>/stat`: `pid (name) state parent group …` (man 5 proc). */
async function isRunningMember(pid: string, leader: number): Promise<boolean> {
  try {
    const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
    const [state, , group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(group) === leader && state !== "Z" && state !== "X";
  } catch {
    return false;
  }
}

function signalReaches(leader: number): boolean {
  try {
    Deno.kill(Deno.build.os === "windows" ? leader : -leader, 0);
    return true;
  } catch {
    return false;
  }
}
