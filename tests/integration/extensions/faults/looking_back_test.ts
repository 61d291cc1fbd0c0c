import { match } from "node:assert/strict";
import type { CliRepository } from "./cli_repository.ts";
import { CATALOG, forget } from "./stored_files.ts";
import { ThingRepository } from "./thing_repository.ts";

/** Commands that list or find what methods left behind. */
const LOOKING_BACK: Readonly<Record<string, (run: string) => readonly string[]>> = {
  "model output search": () => ["model", "output", "search"],
  "model output get": (run) => ["model", "output", "get", run],
  "model output logs": (run) => ["model", "output", "logs", run],
  "model output data": (run) => ["model", "output", "data", run],
  "model method history search": () => ["model", "method", "history", "search"],
  "model method history get": (run) => ["model", "method", "history", "get", run],
  "model method history logs": (run) => ["model", "method", "history", "logs", run],
  "data search": () => ["data", "search", "main"],
  "data versions": () => ["data", "versions", "one", "main"],
};

/** What has become of the type whose methods ran. */
const ABSENCES: Readonly<Record<string, (repository: CliRepository) => void>> = {
  "is not loaded": (repository) => forget(repository, CATALOG),
  "is broken": (repository) => void repository.write("thing.ts", "export {"),
  "is gone": (repository) => Deno.removeSync(repository.path("extensions/models/thing.ts")),
};

for (const [state, prepare] of Object.entries(ABSENCES)) {
  Deno.test(`runs and data are found from disk when their type ${state} [B18 B19]`, async (test) => {
    using place = await ThingRepository.create();
    const { repository } = place;
    const { outputId } = await repository.json(["model", "method", "run", "one", "sync"]);
    prepare(repository);
    for (const [name, words] of Object.entries(LOOKING_BACK)) {
      await test.step(name, async () => {
        const document = JSON.stringify(await repository.json(words(outputId)));
        match(document, name.startsWith("data") ? /"main"|"version":2/ : new RegExp(outputId));
      });
    }
  });
}
