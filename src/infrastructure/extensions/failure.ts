/**
 * Whether a failure to build has its cause outside the sources and may go away by itself: a registry
 * or host that cannot be reached, a time limit. Such failures are tried again by the next command.
 */
export function isTransientFailure(text: string): boolean {
  return TRANSIENT.some((pattern) => pattern.test(text));
}

const TRANSIENT = [
  /error sending request/i,
  /failed to load\. Import 'https?:/i,
  /Import 'https?:.*' failed/i,
  /dns error|connection (refused|reset|closed)|network is unreachable/i,
  /timed? ?out/i,
  /failed loading https?:/i,
  /Do not know how to load path: deno:/i,
  /text file busy|resource temporarily unavailable|no space left on device/i,
];

/** The text of a Deno command's error without colours, warnings and progress lines. */
export function errorText(stderr: string): string {
  return stderr
    // deno-lint-ignore no-control-regex -- ANSI escapes are control characters.
    .replaceAll(/\x1b\[[0-9;]*m/g, "")
    .split("\n")
    .filter((line) => !/^(Download|Initialize|Check|Warning|⚠️)/.test(line))
    .join("\n")
    .replace(/\n*Stack backtrace:[\s\S]*$/, "")
    .replaceAll(/^error: bundling failed$/gm, "")
    .trim();
}
