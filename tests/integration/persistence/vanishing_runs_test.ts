/**
 * Somebody deletes a model while somebody else looks at its runs: what is gone between two looks counts
 * as never having been there. The moment is brought about by removing files just before they are
 * looked at.
 */
import { deepEqual, equal } from "node:assert/strict";
import { createRunHistory } from "../../../src/infrastructure/persistence/runs/run_history.ts";
import { createRunStore } from "../../../src/infrastructure/persistence/yaml_run_store.ts";
import type { RepositoryLayout } from "../../../src/infrastructure/persistence/repository_layout.ts";
import { withRepository } from "./temporary_repository.ts";

const TYPE = "@acme/thing";
const DEFINITION = "2ed368ef-ec52-41ca-9585-7cdcef9c1823";

/** Functions of the runtime that read a folder or a file. */
type Look = "readDir" | "readDirSync" | "readTextFile" | "readTextFileSync" | "remove";

/** Takes something away right before each of these functions gets to look at it. */
function vanishing(looks: readonly Look[], isMeant: (path: string) => boolean): Disposable {
  const before = Object.fromEntries(looks.map((look) => [look, Deno[look]]));
  const { removeSync } = Deno;
  for (const look of looks) {
    // deno-lint-ignore no-explicit-any -- functions of several signatures get the same wrapper.
    const original = Deno[look] as any;
    Object.assign(Deno, {
      [look]: (path: string, ...more: unknown[]) => {
        if (isMeant(path)) removeSync(path, { recursive: true });
        return original(path, ...more);
      },
    });
  }
  return { [Symbol.dispose]: () => void Object.assign(Deno, before) };
}

async function saveRun(layout: RepositoryLayout): Promise<void> {
  await createRunStore(layout).save(TYPE, {
    id: crypto.randomUUID(),
    definitionId: DEFINITION,
    methodName: "sync",
    status: "succeeded",
    startedAt: "2026-11-20T17:31:07.950Z",
    retryCount: 0,
    provenance: { definitionHash: "", modelVersion: "", triggeredBy: "manual" },
    artifacts: { dataArtifacts: [] },
  });
}

const FOLDERS = ["readDir", "readDirSync"] as const;
const FILES = ["readTextFile", "readTextFileSync", "remove"] as const;

/** What vanishes → when. */
const MOMENTS = {
  "the folder of the type": [FOLDERS, (path: string) => path.endsWith("/thing")],
  "the folder of the method": [FOLDERS, (path: string) => path.endsWith("/sync")],
  "the record": [FILES, (path: string) => /\/sync\/.*\.yaml$/.test(path)],
} as const;

for (const [what, [looks, isMeant]] of Object.entries(MOMENTS)) {
  Deno.test(`${what} that is gone at the last moment holds no runs`, () =>
    withRepository(async (layout) => {
      await saveRun(layout);
      const report = ({ path }: { readonly path: string }) => {
        throw new Error(path);
      };
      const store = createRunStore(layout, report);
      equal((await store.listFor(TYPE, DEFINITION)).length, 1);
      {
        using _ = vanishing(looks, isMeant);
        deepEqual(await store.listFor(TYPE, DEFINITION), []);
      }
      await saveRun(layout);
      {
        using _ = vanishing(looks, isMeant);
        deepEqual(await createRunHistory(layout, report).runs(), []);
      }
      await saveRun(layout);
      using _ = vanishing(looks, isMeant);
      await store.removeFor(TYPE, DEFINITION);
    }));
}
