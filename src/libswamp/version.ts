import { VERSION } from "../version.ts";

/** Output of `swamp version`. */
export interface VersionDocument {
  readonly version: string;
}

/** Which swamp this is. */
export function getVersion(): VersionDocument {
  return { version: VERSION };
}

/** The version as repositories record it: without the suffix that names the build. */
export function recordedVersion(): string {
  return VERSION.replace(/-.*$/, "");
}

/** The commit that this swamp was built from, where the build knew one. */
export function buildCommit(): string | undefined {
  return /-sha\.([0-9a-f]{7,40})$/.exec(VERSION)?.[1];
}
