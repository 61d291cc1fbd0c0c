import { deepEqual } from "node:assert/strict";
import { misspeltExpressions } from "../../../../src/domain/expressions/misspelt_expressions.ts";

const forms = (text: string, isShell = false) =>
  misspeltExpressions(text, isShell).map(({ text, form }) => [text, form]);

Deno.test("two braces without a dollar and one brace with a dollar are mistakes", () => {
  deepEqual(forms("{{ self.name }}"), [["{{ self.name }}", "{{...}}"]]);
  deepEqual(forms("${self.name}"), [["${self.name}", "${...}"]]);
  deepEqual(forms("${x}"), [["${x}", "${...}"]]);
});

Deno.test("expressions, shell parameters and other template languages are no mistakes", () => {
  for (
    const text of [
      "${{ self.name }}",
      "${{ {'a': 1} }}",
      "${HOME}",
      "${1:-x}",
      "${name:-fallback}",
      "docker ps --format '{{.Names}}'",
      "{{range .Items}}{{end}}",
    ]
  ) deepEqual(forms(text), [], text);
});

Deno.test("in a shell script only what starts like an expression is a mistake", () => {
  deepEqual(forms("echo ${x}", true), []);
  deepEqual(forms("echo ${inputs.x}", true), [["${inputs.x}", "${...}"]]);
});
