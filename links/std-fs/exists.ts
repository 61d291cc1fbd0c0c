/** What else has to hold for something to exist. */
export interface ExistsOptions {
  /** It has to be readable by this process. False by default. */
  isReadable?: boolean;
  /** It has to be a folder. False by default. */
  isDirectory?: boolean;
  /** It has to be a file. False by default. */
  isFile?: boolean;
}

/**
 * Whether there is something at a path; symbolic links count as what they lead
 * to.
 *
 * Before reading or writing, better try and handle the error: what is seen
 * here may have changed by then.
 *
 * ```ts
 * await exists("models", { isDirectory: true });
 * ```
 *
 * @throws {TypeError} if a file and a folder are asked for at once
 */
export async function exists(path: string | URL, options: ExistsOptions = {}): Promise<boolean> {
  assertOneKind(options);
  try {
    return matches(await Deno.stat(path), options);
  } catch (error) {
    return whenUnseen(error, options, () => Deno.permissions.querySync({ name: "read", path }));
  }
}

/** As {@linkcode exists}, without waiting. */
export function existsSync(path: string | URL, options: ExistsOptions = {}): boolean {
  assertOneKind(options);
  try {
    return matches(Deno.statSync(path), options);
  } catch (error) {
    return whenUnseen(error, options, () => Deno.permissions.querySync({ name: "read", path }));
  }
}

function assertOneKind(options: ExistsOptions): void {
  if (options.isDirectory && options.isFile) {
    throw new TypeError("Nothing is a file and a folder at once");
  }
}

function matches(info: Deno.FileInfo, options: ExistsOptions): boolean {
  if (options.isDirectory && !info.isDirectory) return false;
  if (options.isFile && !info.isFile) return false;
  return !options.isReadable || isReadable(info);
}

/** Goes by the permission bits; where there are none, as on Windows, all is readable. */
function isReadable({ gid, mode, uid }: Deno.FileInfo): boolean {
  if (mode === null) return true;
  if (Deno.uid() === uid) return (mode & 0o400) !== 0;
  if (Deno.gid() === gid) return (mode & 0o040) !== 0;
  return (mode & 0o004) !== 0;
}

/**
 * What the system hides is there, but cannot be read. What Deno hides is an
 * error, because nobody can tell.
 */
function whenUnseen(
  error: unknown,
  options: ExistsOptions,
  permission: () => Deno.PermissionStatus,
): boolean {
  if (error instanceof Deno.errors.NotFound) return false;
  if (error instanceof Deno.errors.PermissionDenied && permission().state === "granted") {
    return !options.isReadable;
  }
  throw error;
}
