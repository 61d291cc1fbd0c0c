import { equal } from "node:assert/strict";
import { shownPath } from "../../../../src/domain/repository/shown_path.ts";

Deno.test("what lies in the repository is shown relative to it, with slashes", () => {
  equal(shownPath("/repo", "/repo/.swamp/data/x"), ".swamp/data/x");
  equal(shownPath("C:\\repo", "C:\\repo\\.swamp\\data"), ".swamp/data");
});

Deno.test("what lies elsewhere is shown as it is, even if its name begins alike", () => {
  equal(shownPath("/repo", "/mnt/data"), "/mnt/data");
  equal(shownPath("/repo", "/repository/data"), "/repository/data");
  equal(shownPath("/repo", "/repo"), "/repo");
});
