import { deepEqual, equal, rejects } from "node:assert/strict";
import { chooseLogLevel, type LogLevelSources, parseLogLevel } from "../../../src/cli/log_level.ts";

async function choose(
  sources: Partial<Omit<LogLevelSources, "setting">> & { setting?: string },
): Promise<{ level: string; warnings: string[] }> {
  const warnings: string[] = [];
  const { setting, ...rest } = sources;
  const level = await chooseLogLevel(
    {
      quiet: false,
      flag: undefined,
      variable: undefined,
      ...rest,
      setting: () => Promise.resolve(setting),
    },
    (message) => warnings.push(message),
  );
  return { level, warnings };
}

Deno.test("without a source the level is info", async () => {
  deepEqual(await choose({}), { level: "info", warnings: [] });
});

Deno.test("--quiet beats the flag, the flag the variable, the variable the setting", async () => {
  const all = { flag: "debug", variable: "warning", setting: "fatal" };
  equal((await choose({ ...all, quiet: true })).level, "error");
  equal((await choose(all)).level, "debug");
  equal((await choose({ variable: "warning", setting: "fatal" })).level, "warning");
  equal((await choose({ setting: "fatal" })).level, "fatal");
});

Deno.test("an empty variable counts as unset", async () => {
  equal((await choose({ variable: "", setting: "debug" })).level, "debug");
});

Deno.test("a bad flag is refused, even with --quiet", async () => {
  const message = 'Invalid value for --log-level: "bogus". ' +
    "Expected one of: trace, debug, info, warning, error, fatal";
  await rejects(choose({ flag: "bogus" }), { message, code: "invalid_log_level" });
  await rejects(choose({ flag: "bogus", quiet: true }), { message });
});

Deno.test("a bad variable is reported and info is used", async () => {
  deepEqual(await choose({ variable: "loud" }), {
    level: "info",
    warnings: [
      'Invalid SWAMP_LOG_LEVEL: "loud"; using "info". ' +
      "Expected one of: trace, debug, info, warning, error, fatal",
    ],
  });
});

Deno.test("a bad setting is reported with its file", async () => {
  const { level, warnings } = await choose({ setting: "loud" });
  equal(level, "info");
  equal(warnings[0]?.startsWith('Invalid logLevel in .swamp.yaml: "loud"'), true);
});

Deno.test("the setting is not looked up when something above it decides", async () => {
  await chooseLogLevel({
    quiet: false,
    flag: "info",
    variable: undefined,
    setting: () => Promise.reject(new Error("looked up")),
  }, () => {});
});

Deno.test("levels are read in any case, and warn means warning", () => {
  equal(parseLogLevel("DEBUG"), "debug");
  equal(parseLogLevel("Warn"), "warning");
  equal(parseLogLevel("verbose"), undefined);
});
