/** Something wrong with a value inside arguments or data. */
export interface Issue {
  /** Where the value is, dotted or in segments; empty for the whole. */
  readonly path: string | readonly PropertyKey[];
  readonly message: string;
}

/**
 * Mistakes as one line: `Invalid input: expected number, received string at "n"`, several joined by
 * `; ` (contract: authoring 7.2).
 */
export function issueText(issues: readonly Issue[]): string {
  return issues.map(({ message, path }) => {
    const place = typeof path === "string" ? path : path.map(String).join(".");
    return place === "" ? message : `${message} at "${place}"`;
  }).join("; ");
}
