import { decodePath, encodePath } from "./url_path.ts";

/**
 * The path of a file URL.
 *
 * ```ts
 * fromFileUrl("file:///home/a%20b"); // "/home/a b"
 * ```
 *
 * @throws {TypeError} if it is not a file URL
 * @throws {URIError} if its escapes are not UTF-8
 */
export function fromFileUrl(url: string | URL): string {
  return decodePath(new URL(url));
}

/**
 * The file URL of an absolute path.
 *
 * ```ts
 * toFileUrl("/home/a b").href; // "file:///home/a%20b"
 * ```
 *
 * @throws {TypeError} if the path is relative
 */
export function toFileUrl(path: string): URL {
  if (!path.startsWith("/")) {
    throw new TypeError(`An absolute path is needed, but this is "${path}"`);
  }
  return encodePath(path);
}
