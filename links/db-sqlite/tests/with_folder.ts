/** Runs a test with a folder of its own, which is gone afterwards. */
export function withFolder(test: (folder: string) => void): void {
  const folder = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "db-sqlite-" }));
  try {
    test(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}
