/** Whether standard output gets colours: it is a terminal, and nobody objects (https://no-color.org). */
export const COLOR = Deno.stdout.isTerminal() && !Deno.noColor;

const styled = (code: number) => (text: string) => COLOR ? `\x1b[${code}m${text}\x1b[0m` : text;

/** Text in bold type. */
export const bold = styled(1);
/** Text that is less important. */
export const dim = styled(2);
/** Text that tells of a failure. */
export const red = styled(31);
/** Text that tells of a success. */
export const green = styled(32);

/**
 * A time for people.
 *
 * @param milliseconds at least 0
 *
 * @example
 * ```ts
 * formatDuration(36.2); // "36 ms"
 * formatDuration(1234); // "1.2 s"
 * ```
 */
export function formatDuration(milliseconds: number): string {
  if (Math.round(milliseconds) < 1000) return `${milliseconds.toFixed(0)} ms`;
  const seconds = milliseconds / 1000;
  if (Math.round(seconds * 10) < 600) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
