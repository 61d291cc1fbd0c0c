import { deepEqual, equal } from "node:assert/strict";
import { settingsOf, settingsProblems } from "../../../../src/domain/repository/settings_check.ts";

const problems = (entries: Record<string, unknown>): string[] =>
  settingsProblems(entries).map(({ message }) => message);

Deno.test("settings of the right types have no problems", () => {
  deepEqual(
    problems({
      swampVersion: "20260206.200442.0",
      tool: "none",
      gitignoreManaged: true,
      modelsDir: "models",
      datastore: { type: "filesystem", path: "/data", directories: ["a"] },
      trustedCollectives: ["acme"],
      mine: { anything: 7 },
    }),
    [],
  );
});

for (
  const [entries, message] of [
    [{ modelsDir: 7 }, "modelsDir must be a string, not 7"],
    [{ gitignoreManaged: "yes" }, 'gitignoreManaged must be true or false, not "yes"'],
    [
      { tool: "bogus" },
      'tool must be one of claude, cursor, opencode, codex, kiro, none, not "bogus"',
    ],
    [{ datastore: "here" }, 'datastore must be a map, not "here"'],
    [{ datastore: { path: false } }, "datastore.path must be a string, not false"],
    [
      { datastore: { exclude: ["a", 1] } },
      'datastore.exclude must be a list of strings, not ["a",1]',
    ],
    [{ trustedCollectives: "acme" }, 'trustedCollectives must be a list of strings, not "acme"'],
  ] as const
) {
  Deno.test(message, () => deepEqual(problems(entries), [message]));
}

Deno.test("every problem is found", () => {
  equal(problems({ modelsDir: 7, vaultsDir: true }).length, 2);
});

Deno.test("a key without a value counts as absent", () => {
  deepEqual(problems({ modelsDir: null, tool: null }), []);
  equal(settingsOf({ tool: null }).tool, undefined);
});

Deno.test("a log level is judged where it is used, whatever its type", () => {
  deepEqual(problems({ logLevel: 3 }), []);
  equal(settingsOf({ logLevel: 3 }).logLevel, "3");
});

Deno.test("unknown keys are kept", () => {
  deepEqual(settingsOf({ mine: [1] }).all, { mine: [1] });
});
