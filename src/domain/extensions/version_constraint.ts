import { UserError } from "../errors.ts";
import { compareCalVer, isCalVer } from "./calver.ts";
import { parsePackageReference } from "./package_name.ts";

/** How a version may relate to the one that a constraint names. */
export type Comparator = "=" | ">=" | ">" | "<=" | "<";

/** Everything that must hold of a version; nothing, where any version will do. */
export type VersionConstraint = readonly {
  readonly comparator: Comparator;
  /** CalVer. */
  readonly version: string;
}[];

/** A package that another one needs. */
export interface PackageRequirement {
  readonly name: string;
  readonly constraint: VersionConstraint;
}

/**
 * Reads a dependency: a name, alone or followed by `@` and a version, `*`, `latest`, or comparisons
 * with blanks or commas between them.
 *
 * @example
 * ```ts
 * parseRequirement("@x/y@>=2026.01.01.1 <2027.01.01.0").constraint.length; // 2
 * ```
 *
 * @throws {UserError} `invalid_extension_name`, `invalid_extension_reference`
 */
export function parseRequirement(text: string): PackageRequirement {
  const { name, version } = parsePackageReference(text.trim());
  if (version === undefined || version === "*" || version === "latest") {
    return { name, constraint: [] };
  }
  const comparisons = version.replaceAll(/([<>=])\s+/g, "$1").split(/[\s,]+/)
    .filter((part) => part !== "");
  return { name, constraint: comparisons.map((part) => parseComparison(part, text)) };
}

/** Whether a CalVer version meets every comparison of a constraint. */
export function satisfies(version: string, constraint: VersionConstraint): boolean {
  return constraint.every(({ comparator, version: bound }) => {
    const order = compareCalVer(version, bound);
    switch (comparator) {
      case "=":
        return order === 0;
      case ">=":
        return order >= 0;
      case ">":
        return order > 0;
      case "<=":
        return order <= 0;
      case "<":
        return order < 0;
    }
  });
}

/** The newest of several versions that meets a constraint. What is not CalVer does not count. */
export function newestMatching(
  versions: readonly string[],
  constraint: VersionConstraint,
): string | undefined {
  return versions.filter((version) => isCalVer(version) && satisfies(version, constraint))
    .sort(compareCalVer).at(-1);
}

function parseComparison(part: string, whole: string): VersionConstraint[number] {
  const [, comparator, version] = /^(>=|<=|>|<|=|)(.*)$/.exec(part)!;
  if (!isCalVer(version)) {
    throw new UserError(
      "invalid_extension_reference",
      `Invalid extension reference: "${whole}". "${part}" is no version; ` +
        'write one as YYYY.MM.DD.MICRO, with ">=", ">", "<=" or "<" before it for a range.',
    );
  }
  return { comparator: comparator === "" ? "=" : comparator as Comparator, version };
}
