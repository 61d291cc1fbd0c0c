import { ProgressBar } from "../terminal/progress_bar.ts";
import type { SwampRunner } from "./swamp_runner.ts";

/** The phases of indexing, as `--log-level trace` names them at their end, and what follows each. */
const PHASES = new Map([
  ["stale", "reading what the files import"],
  ["module graph", "bundling"],
  ["bundle", "reading the types"],
  ["index", "writing the catalog"],
]);

/** Lists the types of a repository for the first time, which indexes them, under a progress bar. */
export async function indexWithProgress(swamp: SwampRunner): Promise<void> {
  const bar = new ProgressBar(PHASES.size);
  bar.show("looking for extensions");
  await swamp.run(["model", "type", "search"], {
    env: { SWAMP_LOG_LEVEL: "trace" },
    onErrorLine: (line) => {
      const phase = line.match(/^trace\s+[\d.]+ ms\s+(.*)/)?.[1] ?? "";
      for (const [name, next] of PHASES) if (phase.startsWith(name)) bar.advance(next);
    },
    onEnd: () => bar.clear(),
    lines: 6,
  });
}
