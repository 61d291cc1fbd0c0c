/**
 * A number of bytes for people: `18B`, `1.0KB`, `2.5MB`.
 *
 * @param bytes at least 0
 */
export function sizeText(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  // What would be rounded to 1024.0 belongs to the next unit.
  while (unit < units.length - 1 && Number(value.toFixed(unit === 0 ? 0 : 1)) >= 1024) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)}${units[unit]}`;
}
