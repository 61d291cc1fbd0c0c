import { deepEqual, equal } from "node:assert/strict";
import { positionInYaml } from "../../../src/infrastructure/persistence/yaml_position.ts";

const TEXT = `# a comment
name: web
globalArguments:
  plain: a \${{ x }} b
  quoted: 'it''s \${{ y }}'
  list: [1, "\${{ z }}"]
  block: |-
    first
    second \${{ w }}
`;

const position = (path: (string | number)[], part: string, offset = 0) =>
  positionInYaml(TEXT, path, part, offset);

Deno.test("a part of a text is found where it stands, however the text is written", () => {
  deepEqual(position(["globalArguments", "plain"], "${{ x }}"), { line: 4, column: 12 });
  deepEqual(position(["globalArguments", "plain"], "${{ x }}", 4), { line: 4, column: 16 });
  deepEqual(position(["globalArguments", "quoted"], "${{ y }}"), { line: 5, column: 18 });
  deepEqual(position(["globalArguments", "list", 1], "${{ z }}"), { line: 6, column: 14 });
  deepEqual(position(["globalArguments", "block"], "${{ w }}"), { line: 9, column: 12 });
});

Deno.test("a text that is written in another way is found where it begins", () => {
  deepEqual(position(["globalArguments", "quoted"], "it's", 2), { line: 5, column: 11 });
});

Deno.test("what is not there has no place", () => {
  equal(position(["globalArguments", "gone"], "x"), undefined);
  equal(position(["globalArguments"], "x"), undefined);
});
