import { UserError } from "../errors.ts";

/**
 * Normalises a type name: trimmed, lower case; `::`, `.` and white space become `/`; repeated,
 * leading and trailing slashes go. `..` therefore vanishes and can never leave a folder.
 *
 * @example
 * ```ts
 * normalizeTypeName("AWS::EC2::VPC"); // "aws/ec2/vpc"
 * ```
 *
 * @throws {UserError} `invalid_type` when nothing is left.
 */
export function normalizeTypeName(raw: string): string {
  if (raw.trim() === "") throw new UserError("invalid_type", "Model type cannot be empty");
  const normalized = raw.trim().toLowerCase()
    .replaceAll(/::|\.|\s+/g, "/")
    .replaceAll(/\/+/g, "/")
    .replaceAll(/^\/|\/$/g, "");
  if (normalized === "") {
    throw new UserError("invalid_type", "Model type normalization resulted in empty string");
  }
  return normalized;
}

/**
 * Normalises the name of a vault, driver or datastore type or of a report: without blanks around it,
 * lower case.
 */
export function normalizeProviderName(raw: string): string {
  return raw.trim().toLowerCase();
}

/** Number of `/`-separated segments of a normalised type name. */
export function segmentCount(normalized: string): number {
  return normalized.split("/").length;
}
