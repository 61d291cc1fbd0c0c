/**
 * Folders that cannot be written to, whoever runs the tests.
 *
 * @module
 */

/** Whether {@linkcode whileReadOnly} works here: permissions do not bind root, so it needs mounts. */
export const CAN_MAKE_READ_ONLY = Deno.build.os !== "windows" && (Deno.uid() !== 0 || canMount());

/** Runs `test` while nothing can be changed in a folder and below it. */
export async function whileReadOnly(folder: string, test: () => Promise<void>): Promise<void> {
  if (Deno.uid() === 0) return await whileMounted(folder, test);
  run("chmod", "-R", "a-w", folder);
  try {
    await test();
  } finally {
    run("chmod", "-R", "u+w", folder);
  }
}

async function whileMounted(folder: string, test: () => Promise<void>): Promise<void> {
  run("mount", "--bind", folder, folder);
  try {
    run("mount", "-o", "remount,ro,bind", folder);
    await test();
  } finally {
    run("umount", folder);
  }
}

function canMount(): boolean {
  const folder = Deno.makeTempDirSync();
  try {
    run("mount", "--bind", folder, folder);
    run("umount", folder);
    return true;
  } catch {
    return false;
  } finally {
    Deno.removeSync(folder);
  }
}

function run(command: string, ...args: readonly string[]): void {
  const { success, stderr } = new Deno.Command(command, { args: [...args] }).outputSync();
  if (!success) throw new Error(`${command}: ${new TextDecoder().decode(stderr)}`);
}
