import { equal } from "node:assert/strict";
import { refreshText } from "../../../../../src/cli/output/extensions/refresh.ts";

Deno.test("a refresh that begins tells how much it builds", () => {
  equal(refreshText({ state: "building", sources: 7 }), "Indexing 7 extension sources …");
});

Deno.test("a refresh that is done tells what changed and how long it took", () => {
  const work = { built: 3, adopted: 2, removed: 1, milliseconds: 1249 };
  equal(
    refreshText({ state: "done", ...work }),
    "Indexed extensions in 1.2 s: 3 built, 2 adopted, 1 removed",
  );
});
