import type { ZodError } from "zod";

/** An export does not have the shape that its kind demands. The message is for the author. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** Every issue of a zod error as `path: message`, joined by `; `. */
export function issueLines(error: ZodError): string {
  return error.issues
    .map(({ path, message }) =>
      `${path.length === 0 ? "" : path.map(String).join(".")}: ${message}`
    )
    .join("; ");
}
