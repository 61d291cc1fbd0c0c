import * as assert from "node:assert/strict";
import * as posix from "../posix.ts";
import * as windows from "../windows.ts";

Deno.test("both platforms offer the same", () => {
  assert.deepEqual(Object.keys(windows).toSorted(), Object.keys(posix).toSorted());
});

Deno.test({
  name: "node:path is not loaded where it is not needed",
  ignore: Deno.build.os === "windows",
  async fn() {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", "--no-config", new URL("../mod.ts", import.meta.url).href],
    }).output();
    const { modules } = JSON.parse(new TextDecoder().decode(stdout));
    const eager = new Set<string>();
    follow(modules, new URL("../mod.ts", import.meta.url).href, eager);
    assert.ok(eager.has(new URL("../posix.ts", import.meta.url).href));
    assert.deepEqual([...eager].filter((specifier) => specifier.startsWith("node:")), []);
  },
});

/** A module as `deno info --json` describes it. */
interface ModuleInfo {
  specifier: string;
  dependencies?: { isDynamic?: boolean; code?: { specifier: string } }[];
}

/** Gathers a module and what it imports statically. */
function follow(modules: ModuleInfo[], specifier: string, gathered: Set<string>): void {
  if (gathered.has(specifier)) return;
  gathered.add(specifier);
  const module = modules.find((each) => each.specifier === specifier);
  for (const { code, isDynamic } of module?.dependencies ?? []) {
    if (code && !isDynamic) follow(modules, code.specifier, gathered);
  }
}
