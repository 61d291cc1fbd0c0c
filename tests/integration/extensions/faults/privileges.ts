/**
 * Faults of a system that not every user may bring about.
 *
 * @module
 */
import { join } from "@std/path";

/**
 * A command in front of another that makes file permissions count for it: none for an ordinary user,
 * one that gives up root's right to ignore them for root, `undefined` where root has no such command.
 */
export function unprivileged(): readonly string[] | undefined {
  if (Deno.uid() !== 0) return Deno.build.os === "windows" ? undefined : [];
  const command = [
    "setpriv",
    "--bounding-set=-dac_override,-dac_read_search,-fowner",
    "--inh-caps=-all",
  ];
  return succeeds([...command, "true"]) ? command : undefined;
}

/** Whether a disk can be mounted. */
export function canMount(): boolean {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return false;
  const folder = Deno.makeTempDirSync();
  const mounted = succeeds(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]);
  if (mounted) succeeds(["umount", folder]);
  Deno.removeSync(folder);
  return mounted;
}

/** A disk of its own that a test can fill. */
export class SmallDisk implements Disposable {
  /** Absolute path at which it is mounted. */
  readonly path = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "swamp-disk-" }));
  readonly #filling = join(this.path, "filling");

  /** @param size in bytes */
  constructor(size: number) {
    succeeds(["mount", "-t", "tmpfs", "-o", `size=${size}`, "tmpfs", this.path]);
  }

  /** Writes until there is no room but for so many bytes. */
  fill(leave: number): void {
    using file = Deno.openSync(this.#filling, { create: true, write: true });
    const block = new Uint8Array(4096);
    let size = 0;
    try {
      for (;;) size += file.writeSync(block);
    } catch {
      file.truncateSync(Math.max(0, size - leave));
    }
  }

  /** Makes room again. */
  empty(): void {
    Deno.removeSync(this.#filling);
  }

  [Symbol.dispose](): void {
    succeeds(["umount", this.path]);
    Deno.removeSync(this.path);
  }
}

function succeeds([command, ...args]: readonly string[]): boolean {
  try {
    return new Deno.Command(command!, { args, stdout: "null", stderr: "null" }).outputSync()
      .success;
  } catch {
    return false;
  }
}
