import assert from "node:assert/strict";
import { join } from "node:path";
import { runtimeCaches } from "../../../../src/infrastructure/runtime/runtime_caches.ts";

const paths = (env: Record<string, string>) =>
  runtimeCaches((name) => env[name]).map((cache) => cache.path);
const own = `swamp-${Deno.uid()}`;

Deno.test("caches are in the user's cache folder, then among the temporary files", () => {
  assert.deepEqual(paths({ HOME: "/home/ada", TMPDIR: "/var/tmp" }), [
    "/home/ada/.cache/swamp/runtime",
    `/var/tmp/${own}/runtime`,
  ]);
});

Deno.test("XDG_CACHE_HOME names the user's cache folder", () => {
  assert.equal(paths({ HOME: "/h", XDG_CACHE_HOME: "/c" })[0], "/c/swamp/runtime");
});

Deno.test("SWAMP_CACHE_DIR names the only cache, from the current folder if it is relative", () => {
  assert.deepEqual(paths({ HOME: "/h", SWAMP_CACHE_DIR: "/c" }), ["/c/runtime"]);
  assert.deepEqual(paths({ SWAMP_CACHE_DIR: "c" }), [join(Deno.cwd(), "c/runtime")]);
});

Deno.test("without a home folder only the temporary files are left", () => {
  assert.deepEqual(paths({}), [`/tmp/${own}/runtime`]);
});
