/**
 * What extension code writes to the standard streams itself, past `console`: with `Deno.stdout` and
 * `Deno.stderr`, and with Node's `process.stdout` and `process.stderr`. What child processes write that
 * inherit the streams, and what is written to the file descriptors 1 and 2, cannot be seen here.
 *
 * @module
 */
import type { Redactor } from "../domain/redactor.ts";

/** The standard streams under control until they are disposed of. */
export interface RedirectedStreams extends Disposable {
  /** Takes control of Node's streams too, which costs the loading of its module. */
  coverNode(): Promise<void>;
}

/** How to control the streams. */
export interface StreamRedirection {
  /** Whether nothing may get to stdout. */
  readonly toStderr: boolean;
  /** Takes secrets out of what is written, also where several writes make one secret. */
  readonly redactor?: Redactor | undefined;
}

type DenoStream = typeof Deno.stdout;
type Pass = (bytes: Uint8Array) => void;

/** Takes control of the standard streams. */
export function redirectStreams({ toStderr, redactor }: StreamRedirection): RedirectedStreams {
  const undo = new DisposableStack();
  if (!toStderr && redactor === undefined) {
    return { coverNode: async () => {}, [Symbol.dispose]: () => {} };
  }
  const sinks = { stdout: sinkOf(Deno.stdout), stderr: sinkOf(Deno.stderr) };
  const pass = {
    stdout: filtered(toStderr ? sinks.stderr : sinks.stdout, redactor, undo),
    stderr: filtered(sinks.stderr, redactor, undo),
  };
  takeDeno(Deno.stdout, pass.stdout, undo);
  takeDeno(Deno.stderr, pass.stderr, undo);
  return {
    coverNode: async () => {
      // Elsewhere Node's streams write by Deno's.
      const isTerminal = Deno.stdout.isTerminal() || Deno.stderr.isTerminal();
      if (!toStderr && !isTerminal) return;
      const { stdout, stderr } = (await import("node:process")).default;
      if (undo.disposed) return;
      takeNode(stdout, pass.stdout, undo);
      takeNode(stderr, pass.stderr, undo);
    },
    [Symbol.dispose]: () => undo.dispose(),
  };
}

/** Writes everything before it returns, past what takes control of the stream later. */
function sinkOf(stream: DenoStream): Pass {
  const writeSync = stream.writeSync.bind(stream);
  return (bytes) => {
    for (let written = 0; written < bytes.length;) written += writeSync(bytes.subarray(written));
  };
}

function filtered(sink: Pass, redactor: Redactor | undefined, undo: DisposableStack): Pass {
  if (redactor === undefined) return sink;
  const filter = redactor.filter();
  undo.defer(() => {
    try {
      sink(filter.end());
    } catch {
      // The reader went away.
    }
  });
  return (bytes) => sink(filter.push(bytes));
}

function takeDeno(stream: DenoStream, pass: Pass, undo: DisposableStack): void {
  const { write, writeSync } = stream;
  stream.writeSync = (bytes) => {
    pass(bytes);
    return bytes.length;
  };
  stream.write = (bytes) => {
    try {
      return Promise.resolve(stream.writeSync(bytes));
    } catch (error) {
      return Promise.reject(error);
    }
  };
  const writable = new WritableStream<Uint8Array>({ write: pass });
  Object.defineProperty(stream, "writable", { get: () => writable, configurable: true });
  undo.defer(() => {
    Object.assign(stream, { write, writeSync });
    Reflect.deleteProperty(stream, "writable");
  });
}

/** As much of Node's stream as is used here. */
interface NodeStream {
  write: (...given: never[]) => boolean;
}

function takeNode(stream: NodeStream, pass: Pass, undo: DisposableStack): void {
  const { write } = stream;
  stream.write = (chunk: Uint8Array | string, ...more: unknown[]) => {
    pass(typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk);
    const callback = more.find((argument) => typeof argument === "function");
    if (callback !== undefined) queueMicrotask(() => callback());
    return true;
  };
  undo.defer(() => {
    stream.write = write;
  });
}
