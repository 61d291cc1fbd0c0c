/** A value as `node:sqlite` returns it when integers are read as bigints. */
export type NativeValue = bigint | number | string | Uint8Array | null;

/**
 * Turns a row into plain values, in place.
 *
 * Without `int64` an INTEGER is cut to its low 32 bits, as the published
 * package does it: who stores larger ones has to ask for them. With `int64` it
 * becomes a number, or a bigint where a number would be inexact.
 */
export function decodeRow(row: NativeValue[], int64: boolean): unknown[] {
  for (let i = 0; i < row.length; i++) {
    const value = row[i];
    if (typeof value === "bigint") {
      (row as unknown[])[i] = int64 ? exactInteger(value) : Number(BigInt.asIntN(32, value));
    }
  }
  return row;
}

/**
 * Makes an object of a row, with the columns' names as keys; of columns with
 * the same name the last one counts.
 */
export function toObject(
  row: readonly unknown[],
  names: readonly string[],
): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (let i = 0; i < names.length; i++) object[names[i]!] = row[i];
  return object;
}

/** A number where it is exact, the bigint otherwise. */
export function exactInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
