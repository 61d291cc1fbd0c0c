/**
 * Argument of `deno run` and `deno compile` that makes V8 wait longer before it optimizes a function,
 * 10,000 calls for its first optimizing compiler and 50,000 for its second instead of 400 and 3,000.
 *
 * Commands end before optimized code pays, and the compilers took 5 MiB as soon as a thousand files were
 * looked at. Loops that go on for long are optimized while they run, as ever.
 */
export const LATE_OPTIMIZATION =
  "--v8-flags=--invocation-count-for-maglev=10000,--invocation-count-for-turbofan=50000";
