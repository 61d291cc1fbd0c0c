import { match, rejects } from "node:assert/strict";
import { parseYaml } from "../../../../src/infrastructure/persistence/yaml_reader.ts";

/** What is said about text that is no YAML. */
async function mistakeIn(text: string): Promise<string> {
  let said = "";
  await rejects(parseYaml(text), (error: Error) => {
    said = error.message;
    return true;
  });
  return said;
}

Deno.test("an expression with a colon that stands without quotes is told to be put in quotes", async () => {
  match(
    await mistakeIn("a: 1\nb: ${{ a ? 'x' : 'y' }}\n"),
    /^Nested mappings are not allowed .* at line 2, column 4; put the value with \$\{\{ \}\} in quotes$/,
  );
});

Deno.test("other colons get no such advice", async () => {
  match(await mistakeIn("a: ${{ 1 }}\nb: x: y\n"), /^Nested mappings .* at line 2, column 4$/);
});
