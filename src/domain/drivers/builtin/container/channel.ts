/**
 * The container's end of the channel to swamp; `container_channel.ts` is the other one.
 *
 * @module
 */
import type { LogLevel } from "../../../repository/settings.ts";
import type { ContainerResult } from "../container_protocol.ts";

/** Lines that are no longer get into a pipe whole, whoever else writes to it (POSIX: PIPE_BUF). */
const LONGEST_PIECE = 3_000;

/** What a method's run tells swamp. */
export interface Channel {
  log(level: LogLevel, message: string): void;
  /** Tells the result; nothing must be told after it. */
  finish(result: ContainerResult): void;
}

/**
 * Opens the channel. It keeps its own way to stdout and stderr, whatever becomes of `Deno.stdout`.
 *
 * @param name begins every line that is for swamp.
 */
export function openChannel(name: string): Channel {
  const stdout = Deno.stdout.writeSync.bind(Deno.stdout);
  const stderr = Deno.stderr.writeSync.bind(Deno.stderr);
  return {
    log: (level, message) => {
      write(stderr, `${name} ${JSON.stringify({ level, message })}\n`);
    },
    finish: (result) => {
      const text = base64(new TextEncoder().encode(JSON.stringify(result)));
      const count = Math.ceil(text.length / LONGEST_PIECE);
      for (let index = 0; index < count; index++) {
        const start = index * LONGEST_PIECE;
        write(stdout, `${name}:${text.slice(start, start + LONGEST_PIECE)}\n`);
      }
      write(stdout, `${name}!${count}\n`);
    },
  };
}

/** Bytes as base64. Written out because the deno of an image may be older than swamp's. */
export function base64(bytes: Uint8Array): string {
  let binary = "";
  for (let start = 0; start < bytes.length; start += LONGEST_PIECE) {
    binary += String.fromCharCode(...bytes.subarray(start, start + LONGEST_PIECE));
  }
  return btoa(binary);
}

function write(writeSync: (bytes: Uint8Array) => number, text: string): void {
  let rest = new TextEncoder().encode(text);
  while (rest.length > 0) rest = rest.subarray(writeSync(rest));
}
