/**
 * Argument of `deno run` and `deno compile` that makes V8 optimize code on the thread that runs it. Its
 * thread for that held 4 MiB as soon as a thousand files were looked at, and commands end before it pays.
 */
export const V8_FLAGS = "--v8-flags=--no-concurrent-recompilation";
