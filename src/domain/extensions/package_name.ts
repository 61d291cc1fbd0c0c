import { UserError } from "../errors.ts";

/** The rule for names of packages (contract: extensions 6.1). */
const PACKAGE_NAME = /^@[a-z0-9_-]+\/[a-z0-9_-]+(?:\/[a-z0-9_-]+)*$/;

/** A package, and its version where one is given. */
export interface PackageReference {
  /** For example `@acme/widget` or `@acme/aws/ec2`. */
  readonly name: string;
  /** As written; whether it is a version that exists is for others to find out. */
  readonly version?: string;
}

/** Whether `text` is the name of a package: `@collective/name`, further segments allowed. */
export function isPackageName(text: string): boolean {
  return PACKAGE_NAME.test(text);
}

/** The collective in a package's name, without its `@`. */
export function collectiveOf(name: string): string {
  return name.slice(1, name.indexOf("/"));
}

/**
 * Reads `@collective/name[@version]`, as an argument of a command or a dependency has it.
 *
 * @example
 * ```ts
 * parsePackageReference("@acme/widget@2026.04.01.1");
 * // { name: "@acme/widget", version: "2026.04.01.1" }
 * ```
 *
 * @throws {UserError} `invalid_extension_name`, `invalid_extension_reference`
 */
export function parsePackageReference(text: string): PackageReference {
  const at = text.indexOf("@", 1);
  const name = at === -1 ? text : text.slice(0, at);
  checkPackageName(name);
  if (at === -1) return { name };
  const version = text.slice(at + 1).trim();
  if (version === "") {
    throw new UserError(
      "invalid_extension_reference",
      `Invalid extension reference: "${text}". Version cannot be empty after "@".`,
    );
  }
  return { name, version };
}

/**
 * Makes sure that `name` is the name of a package.
 *
 * @throws {UserError} `invalid_extension_name`
 */
function checkPackageName(name: string): void {
  if (isPackageName(name)) return;
  const rule = name.startsWith("@")
    ? "Must match @collective/name pattern (lowercase, alphanumeric, hyphens, underscores, " +
      "additional /segments allowed)."
    : 'Extension names must start with "@" (e.g., @collective/name).';
  throw new UserError("invalid_extension_name", `Invalid extension name: "${name}". ${rule}`);
}
