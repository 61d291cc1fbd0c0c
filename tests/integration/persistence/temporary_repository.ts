import {
  localPlace,
  type RepositoryLayout,
  repositoryLayout,
} from "../../../src/infrastructure/persistence/repository_layout.ts";

/** Runs `test` on the layout of an empty folder, which is removed afterwards. */
export async function withRepository(
  test: (layout: RepositoryLayout) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir({ prefix: "swamp-test-" });
  try {
    await test(repositoryLayout(root, localPlace(root)));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}
