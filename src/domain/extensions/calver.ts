/**
 * Whether `text` is a CalVer version as types and packages carry it: `YYYY.MM.DD.MICRO` with a date
 * that exists, for example `2026.02.09.1`.
 */
export function isCalVer(text: unknown): text is string {
  if (typeof text !== "string") return false;
  const match = /^(\d{4})\.(\d{2})\.(\d{2})\.\d+$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Orders two CalVer versions: negative when `a` is older, zero when both are the same. */
export function compareCalVer(a: string, b: string): number {
  const dateOf = (version: string) => version.slice(0, 10);
  const microOf = (version: string) => BigInt(version.slice(11));
  if (dateOf(a) !== dateOf(b)) return dateOf(a) < dateOf(b) ? -1 : 1;
  const [microA, microB] = [microOf(a), microOf(b)];
  return microA < microB ? -1 : microA > microB ? 1 : 0;
}
