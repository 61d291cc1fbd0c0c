import { LOG_LEVELS, type LogLevel } from "../../repository/settings.ts";
import type { ContainerResult } from "./container_protocol.ts";

/**
 * Tells apart what the program in a container says to swamp and what the method prints.
 *
 * On stdout a line `<name>:<text>` is a piece of the result, JSON as base64, and `<name>!<count>` ends
 * it; on stderr `<name> {"level", "message"}` is a record of the log. Everything else is output.
 */
export class ContainerChannel {
  /** Begins the lines that are meant for swamp. */
  readonly name = `swamp-${crypto.getRandomValues(new Uint8Array(16)).toHex()}`;
  readonly #onLog: (line: string, level: LogLevel) => void;
  readonly #pieces: string[] = [];
  #expected: number | undefined;

  /** @param onLog gets everything that is not the result. */
  constructor(onLog: (line: string, level: LogLevel) => void) {
    this.#onLog = onLog;
  }

  /** Takes a line of the container's output. */
  take(stream: "stdout" | "stderr", line: string): void {
    const start = line.indexOf(this.name);
    if (start < 0) return this.#onLog(line, "info");
    // A process that the method started may not have finished its line.
    if (start > 0) this.#onLog(line.slice(0, start), "info");
    const told = line.slice(start + this.name.length);
    if (stream === "stdout") this.#takePiece(told);
    else this.#takeRecord(told);
  }

  /** The result; `undefined` unless all of it is there. */
  result(): ContainerResult | undefined {
    if (this.#expected !== this.#pieces.length) return undefined;
    const bytes = Uint8Array.fromBase64(this.#pieces.join(""));
    return JSON.parse(new TextDecoder().decode(bytes)) as ContainerResult;
  }

  /** A text that the container has printed, without the lines that are meant for swamp. */
  outputOf(text: string): string {
    return text.split("\n").filter((line) => !line.includes(this.name)).join("\n");
  }

  #takePiece(told: string): void {
    if (told.startsWith("!")) this.#expected = Number(told.slice(1));
    else this.#pieces.push(told.slice(1));
  }

  #takeRecord(told: string): void {
    try {
      const { level, message } = JSON.parse(told) as { level: LogLevel; message: string };
      this.#onLog(message, LOG_LEVELS.includes(level) ? level : "info");
    } catch {
      this.#onLog(told, "info");
    }
  }
}
