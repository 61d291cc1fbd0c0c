import { createModel, runMethod } from "../models.ts";
import { copyInto } from "../repository_copy.ts";
import { Repository } from "../swamp.ts";

/** A repository that every test may damage. */
export interface SpoiledRepository {
  readonly repository: Repository;
  /** Id of its shell model `sh`, which was run three times. */
  readonly id: string;
}

/** Makes it for the tests of a file: each finds it as it was made, after the last one it is removed. */
export async function spoiledRepository(): Promise<SpoiledRepository> {
  const sound = await Repository.create();
  const { id } = await createModel(sound, "command/shell", "sh");
  for (const run of [1, 2, 3]) {
    await runMethod(sound, "sh", "execute", { run: `echo ${run}` }, ["--skip-reports"]);
  }
  const repository = await Repository.create();
  Deno.test.beforeEach(() => copyInto(repository, sound));
  Deno.test.afterAll(() => {
    sound[Symbol.dispose]();
    repository[Symbol.dispose]();
  });
  return { repository, id };
}
