import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import {
  environmentVariablesIn,
  expressionsIn,
  holdsExpression,
  misspeltExpressions,
} from "../../../../src/domain/expressions/expression_text.ts";

const sources = (text: string) => expressionsIn(text).map(({ source }) => source);

Deno.test("expressions are found anywhere in a text, several of them too", () => {
  deepEqual(sources("a-${{ self.name }}-${{env.HOME}}"), ["self.name", "env.HOME"]);
  deepEqual(sources("no expression"), []);
});

Deno.test("braces inside of strings and maps do not end an expression", () => {
  deepEqual(sources(`\${{ "}}" + '}}' }}`), [`"}}" + '}}'`]);
  deepEqual(sources("${{ {'a': {'b': 1}} }}"), ["{'a': {'b': 1}}"]);
  deepEqual(sources(String.raw`\${{ "\"}}" }}`), [String.raw`"\"}}"`]);
});

Deno.test("an expression may span lines", () => {
  deepEqual(sources("${{ a +\n b }}"), ["a +\n b"]);
});

Deno.test("an opening without an end is plain text", () => {
  deepEqual(sources("${{ a"), []);
  equal(holdsExpression("${{ a"), true);
});

Deno.test("every expression stands in the text where it says", () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(..."${} 'a") }), (text) => {
    for (const { text: whole, start } of expressionsIn(text)) {
      equal(text.slice(start, start + whole.length), whole);
      equal(whole.startsWith("${{") && whole.endsWith("}}"), true);
    }
  }));
});

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

Deno.test("environment variables are found in both notations, once each", () => {
  deepEqual(environmentVariablesIn(`env.HOME + env["A-B"] + env.HOME`), ["HOME", "A-B"]);
  deepEqual(environmentVariablesIn("self.env.HOME + myenv.X"), []);
});
