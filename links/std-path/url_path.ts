/**
 * What a URL's path would lose or take for something else: white space, of
 * which it drops some, `%`, and `\`, which it takes for `/`.
 */
const UNSAFE = /[%\\\s]/g;

/** A `%` that does not start an escape stands for itself. */
const LONE_PERCENT = /%(?![0-9a-f]{2})/gi;

/**
 * The path of a file URL without its escapes.
 *
 * @throws {TypeError} if it is not a file URL
 * @throws {URIError} if its escapes are not UTF-8
 */
export function decodePath({ pathname, protocol }: URL): string {
  if (protocol !== "file:") {
    throw new TypeError(`A file URL is needed, but this is one of "${protocol}"`);
  }
  return decodeURIComponent(pathname.replace(LONE_PERCENT, "%25"));
}

/** A file URL with a path, whose separators are `/`. */
export function encodePath(path: string): URL {
  const url = new URL("file:///");
  url.pathname = path.replace(UNSAFE, encodeURIComponent);
  return url;
}
