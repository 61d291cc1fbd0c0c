import { win32 } from "node:path";
import { decodePath, encodePath } from "./url_path.ts";

/** `\\server\share…`: the server, and the path on it. */
const ON_SERVER = /^[\\/]{2}([^\\/]+)([\\/][^\\/].*)$/s;

/**
 * The path of a file URL.
 *
 * ```ts
 * fromFileUrl("file:///C:/a%20b"); // "C:\\a b"
 * fromFileUrl("file://server/share"); // "\\\\server\\share"
 * ```
 *
 * @throws {TypeError} if it is not a file URL
 * @throws {URIError} if its escapes are not UTF-8
 */
export function fromFileUrl(url: string | URL): string {
  const parsed = new URL(url);
  const path = decodePath(parsed).replaceAll("/", "\\");
  const onDrive = /^\\([a-z]:)(\\.*)?$/is.exec(path);
  if (onDrive) return onDrive[1] + (onDrive[2] ?? "\\");
  return parsed.hostname === "" ? path : `\\\\${parsed.hostname}${path}`;
}

/**
 * The file URL of an absolute path.
 *
 * ```ts
 * toFileUrl("C:\\a b").href; // "file:///C:/a%20b"
 * ```
 *
 * @throws {TypeError} if the path is relative or the name of its server no host name
 */
export function toFileUrl(path: string): URL {
  if (!win32.isAbsolute(path)) {
    throw new TypeError(`An absolute path is needed, but this is "${path}"`);
  }
  const [, server, onServer] = ON_SERVER.exec(path) ?? [];
  const url = encodePath((onServer ?? path).replaceAll("\\", "/"));
  if (server === undefined || server === "localhost") return url;
  url.hostname = server;
  if (url.hostname === "") {
    throw new TypeError(`This is no host name: "${server}"`);
  }
  return url;
}
