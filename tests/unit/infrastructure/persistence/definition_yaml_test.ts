/**
 * What a changed definition file looks like: as somebody wrote it, but for what changed.
 *
 * @module
 */
import { equal } from "node:assert/strict";
import {
  changedText,
  readDefinitionText,
} from "../../../../src/infrastructure/persistence/definition_yaml.ts";
import type { Definition } from "../../../../src/domain/models/definition.ts";

const ID = "11111111-2222-4333-8444-555555555555";
const HEAD = `# made by hand\ntype: '@acme/x'\nid: ${ID}\nname: web # short\nversion: 1\n`;

/** The text after its global arguments have changed. */
function withArguments(text: string, globalArguments: Record<string, unknown>): string {
  const { definition } = readDefinitionText(HEAD + text);
  const changed = changedText(HEAD + text, { ...definition!, globalArguments } as Definition);
  equal(changed.slice(0, HEAD.length), HEAD);
  return changed.slice(HEAD.length);
}

Deno.test("keys and values that only YAML 1.1 would misread stay as they are written", () => {
  const text = "globalArguments:\n  n: yes\n  region: eu\ninputs: { properties: { n: {} } }\n";
  equal(
    withArguments(text, { n: "yes", region: "us" }),
    text.replace("region: eu", "region: us"),
  );
});

Deno.test("what is new is quoted where YAML 1.1 would misread it", () => {
  equal(
    withArguments("globalArguments:\n  a: x\n", { a: "no", n: ["yes", "2026-01-01", "x"] }),
    "globalArguments:\n  a: 'no'\n  'n':\n    - 'yes'\n    - '2026-01-01'\n    - x\n",
  );
});

for (
  const [what, text] of [
    ["four blanks", "globalArguments:\n    a: x\n    list:\n        - b # c\n"],
    [
      "list items below their key",
      "globalArguments:\n  a: x\n  list:\n  - b # c\n  - c: 1\n    d: 2\n",
    ],
    ["list items to the right", "globalArguments:\n  a: x\n  list:\n    - b\n"],
  ] as const
) {
  Deno.test(`a file with ${what} keeps them`, () => {
    const { definition } = readDefinitionText(HEAD + text);
    equal(
      withArguments(text, { ...definition!.globalArguments, a: "z" }),
      text.replace("a: x", "a: z"),
    );
  });
}

Deno.test("comments stay with the fields that they are about, wherever a field is added", () => {
  const text = "# who pays\ntags: { team: core }\nglobalArguments:\n  # where\n  a: x\n";
  equal(
    withArguments(text, { a: "x", b: 1 }),
    "# who pays\ntags: { team: core }\nglobalArguments:\n  # where\n  a: x\n  b: 1\n",
  );
});
