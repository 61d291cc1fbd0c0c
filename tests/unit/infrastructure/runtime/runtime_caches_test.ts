import assert from "node:assert/strict";
import { join } from "node:path";
import {
  bundlerCacheVariables,
  runtimeCaches,
} from "../../../../src/infrastructure/runtime/runtime_caches.ts";

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

Deno.test("SWAMP_HOME stands in for every folder of the user, but for what is named [B39]", () => {
  const env = { HOME: "/h", XDG_CACHE_HOME: "/x", SWAMP_HOME: "/s" };
  assert.deepEqual(paths(env), ["/s/cache/runtime"]);
  assert.deepEqual(paths({ ...env, SWAMP_CACHE_DIR: "/c" }), ["/c/runtime"]);
});

Deno.test("the bundler's cache is the user's own Deno's unless SWAMP_HOME is set [B39]", () => {
  const variables = (env: Record<string, string>) => bundlerCacheVariables((name) => env[name]);
  assert.deepEqual(variables({ HOME: "/h" }), {});
  assert.deepEqual(variables({ SWAMP_HOME: "/s" }), { DENO_DIR: "/s/cache/deno" });
  assert.deepEqual(variables({ SWAMP_HOME: "/s", DENO_DIR: "/d" }), {});
});
