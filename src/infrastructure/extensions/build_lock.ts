import { dirname } from "@std/path";

/** Whether somebody is building at this moment. The lock is not kept. */
export function isBuildLockTaken(path: string): boolean {
  try {
    using file = Deno.openSync(path, { read: true });
    return !file.tryLockSync(false);
  } catch {
    return false;
  }
}

/** Takes the lock if it is free; `undefined` if it is not. */
export function tryBuildLock(path: string): Disposable | undefined {
  const file = Deno.openSync(path, { create: true, write: true });
  if (file.tryLockSync(true)) return { [Symbol.dispose]: () => file.close() };
  file.close();
  return undefined;
}

/**
 * Takes the lock of those who build extensions. It is a lock of the operating system on an open
 * file, so it ends with its process, however that ends.
 *
 * @param path absolute path of the lock file; it stays, empty
 * @param waiting called once when the lock is not free within a second
 * @returns releases the lock when disposed
 */
export async function takeBuildLock(path: string, waiting: () => void): Promise<Disposable> {
  Deno.mkdirSync(dirname(path), { recursive: true });
  const file = Deno.openSync(path, { create: true, write: true });
  const timer = setTimeout(waiting, 1000);
  try {
    await file.lock(true);
  } catch (thrown) {
    file.close();
    throw thrown;
  } finally {
    clearTimeout(timer);
  }
  return { [Symbol.dispose]: () => file.close() };
}
