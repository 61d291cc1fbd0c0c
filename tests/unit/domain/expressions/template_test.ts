import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import {
  escapeTemplate,
  expressionsIn,
  holdsExpression,
  joinTemplate,
  parseTemplate,
} from "../../../../src/domain/expressions/template.ts";

const sources = (text: string) => expressionsIn(text).map(({ source }) => source);

/** Texts that are full of what templates are made of. */
const templates = fc.string({ unit: fc.constantFrom("$", "{", "}", "${{", "}}", " ", "'", "a") });

Deno.test("expressions are found anywhere in a text, several of them too", () => {
  deepEqual(sources("a-${{ self.name }}-${{env.HOME}}"), ["self.name", "env.HOME"]);
  deepEqual(sources("${{ a }}-${{ b }}"), ["a", "b"]);
  deepEqual(sources("no expression"), []);
});

Deno.test("braces inside of strings and maps do not end an expression", () => {
  deepEqual(sources(`\${{ "}}" + '}}' }}`), [`"}}" + '}}'`]);
  deepEqual(sources("${{ {'a': {'b': 1}} }}"), ["{'a': {'b': 1}}"]);
  deepEqual(sources(String.raw`\${{ "\"}}" }}`), [String.raw`"\"}}"`]);
  deepEqual(sources(`\${{ """a "}}" b""" }}`), [`"""a "}}" b"""`]);
  deepEqual(sources(String.raw`${"${{"} r"\" + "}}" }}`), [String.raw`r"\" + "}}"`]);
  deepEqual(sources("${{ vault.get(`a}}`, b) }}"), ["vault.get(`a}}`, b)"]);
});

Deno.test("an expression may span lines, with comments on them", () => {
  deepEqual(sources("${{ a +\n b }}"), ["a +\n b"]);
  deepEqual(sources("${{ a // isn't }\n + b }}"), ["a // isn't }\n + b"]);
  deepEqual(sources("${{ a // it's }} b"), ["a // it's"]);
});

Deno.test("a literal without an end does not swallow the text behind the expression", () => {
  deepEqual(sources("${{ 'a }} and ${{ b }}"), ["'a", "b"]);
});

Deno.test("an opening without an end is an expression that goes on to the end of the text", () => {
  const [found] = expressionsIn("x ${{ a");
  deepEqual(found, { source: "a", text: "${{ a", start: 2, sourceStart: 6, closed: false });
});

Deno.test("$${{ stands for ${{ and begins no expression", () => {
  deepEqual(parseTemplate("a $${{ b }}"), ["a ${{ b }}"]);
  equal(holdsExpression("$${{ b }}"), false);
  deepEqual(sources("$${{ a }} ${{ b }}"), ["b"]);
});

Deno.test("an escaped text is a template that stands for exactly that text", () => {
  fc.assert(fc.property(templates, (text) => {
    equal(parseTemplate(escapeTemplate(text)).join(""), text);
  }));
});

Deno.test("a joined template has the texts and the expressions that it was made of", () => {
  const parts = fc.array(fc.oneof(templates, fc.constant({ template: "${{ 'x' }}" })));
  fc.assert(fc.property(parts, (given) => {
    const shown = (text: string) =>
      parseTemplate(text).map((part) => {
        if (typeof part === "string") return part;
        return part.source.startsWith('"') ? part.source.slice(1, -1) : `<${part.source}>`;
      }).join("");
    const expected = given.map((part) => typeof part === "string" ? part : "<'x'>").join("");
    equal(shown(joinTemplate(given)), expected);
  }));
});

Deno.test("every expression stands in the text where it says", () => {
  fc.assert(fc.property(templates, (text) => {
    for (const found of expressionsIn(text)) {
      equal(text.slice(found.start, found.start + found.text.length), found.text);
      equal(text.slice(found.sourceStart, found.sourceStart + found.source.length), found.source);
      equal(found.text.startsWith("${{"), true);
      equal(found.closed, found.text.endsWith("}}") && found.text.length > 4);
    }
  }));
});

Deno.test("nothing of a text gets lost when it is parted", () => {
  fc.assert(fc.property(templates, (text) => {
    const whole = parseTemplate(text).map((part) =>
      typeof part === "string" ? escapeTemplate(part) : part.text
    ).join("");
    equal(whole, text);
  }));
});
