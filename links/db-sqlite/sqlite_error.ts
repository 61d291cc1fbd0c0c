/**
 * An error reported by SQLite.
 *
 * The message starts with the code, as in
 * `19: UNIQUE constraint failed: person.name`.
 */
export class SqliteError extends Error {
  override name = "SqliteError";

  /** The primary result code, such as 5 for SQLITE_BUSY (https://sqlite.org/rescode.html). */
  code: number;

  /**
   * @param code the primary result code
   * @param message SQLite's own words, without the code
   */
  constructor(code = 1, message = "Unknown Error") {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** What `node:sqlite` puts on its errors; `errcode` is absent when opening and in `exec`. */
interface NativeError extends Error {
  code?: string;
  errcode?: number;
}

const SQLITE_ERROR = 1;

/**
 * The result codes that SQLite's message texts stand for, for the two calls
 * whose errors carry no number. The texts are those of `sqlite3_errstr`.
 */
const CODE_OF_MESSAGE: ReadonlyArray<readonly [RegExp, number]> = [
  [/^database is locked/, 5],
  [/^database (table|schema) is locked/, 6],
  [/^out of memory/, 7],
  [/^attempt to write a readonly database/, 8],
  [/^interrupted/, 9],
  [/^disk I\/O error/, 10],
  [/^database disk image is malformed/, 11],
  [/^database or disk is full/, 13],
  [/^unable to open database/, 14],
  [/^database schema has changed/, 17],
  [/^string or blob too big/, 18],
  [/constraint failed/, 19],
  [/^datatype mismatch/, 20],
  [/^bad parameter or other API misuse/, 21],
  [/^authorization denied|^not authorized/, 23],
  [/^file is not a database/, 26],
];

/** Turns an error of `node:sqlite` into a {@linkcode SqliteError}; leaves others as they are. */
export function toSqliteError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code, errcode, message } = error as NativeError;
  if (code !== "ERR_SQLITE_ERROR") return error;
  return new SqliteError(primaryCode(errcode, message), message);
}

/** An extended code such as 2067 keeps the primary one in its low byte. */
function primaryCode(errcode: number | undefined, message: string): number {
  if (errcode !== undefined) return errcode & 0xff;
  return CODE_OF_MESSAGE.find(([text]) => text.test(message))?.[1] ??
    SQLITE_ERROR;
}
