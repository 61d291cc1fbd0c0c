import type { OptionSpec } from "./command_spec.ts";

/** The options that every command takes, wherever they stand (contract: cli-core 1.2, IMP-4). */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { flags: "--json", description: "Print one JSON document instead of text" },
  { flags: "--log", description: "Print plain log lines where a live view would be drawn" },
  {
    flags: "--log-level <level:string:log_level>",
    description: "Lowest log level shown: trace, debug, info, warning, error or fatal",
  },
  { flags: "-q, --quiet", description: "Show errors only (same as --log-level error)" },
  { flags: "-v, --verbose", description: "Show more detail where a command has some" },
  { flags: "--no-telemetry", description: "Send no telemetry for this invocation" },
  { flags: "--show-properties", description: "Show the properties of log records, at a terminal" },
  { flags: "--no-color", description: "Print without colors" },
  {
    flags: "--repo-dir <dir:file>",
    description: "Work on the repository in this directory instead of the one around the " +
      "current directory",
  },
  {
    flags: "--wait <duration:string>",
    description: "Longest wait for a lock that another command holds, 60s unless told; 0 fails " +
      "at once",
  },
];
