/**
 * `swamp`: words in, exit code out.
 *
 * ```sh
 * deno run --allow-all main.ts version
 * ```
 *
 * @module
 */
import { run } from "./src/cli/mod.ts";

// Everything is written by now; what an extension left running must not keep the process alive.
Deno.exit(await run(Deno.args));
