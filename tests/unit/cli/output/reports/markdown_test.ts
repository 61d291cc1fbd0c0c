import { equal } from "node:assert/strict";
import fc from "fast-check";
import { renderMarkdown } from "../../../../../src/cli/output/reports/markdown.ts";
import { styleFor } from "../../../../../src/cli/output/style.ts";

const colored = { style: styleFor(true), width: 80 };
const plain = { style: styleFor(false), width: undefined };

function tagged(markdown: string): string {
  return renderMarkdown(markdown, colored)
    .replaceAll("\x1b[1m", "<b>").replaceAll("\x1b[22m", "</>")
    .replaceAll("\x1b[2m", "<dim>")
    .replaceAll("\x1b[36m", "<code>").replaceAll("\x1b[39m", "</code>");
}

Deno.test("headings, bold text, code and the frames of tables are styled", () => {
  equal(tagged("# Cost"), "<b># Cost</>");
  equal(tagged("so **very** bold"), "so <b>**very**</> bold");
  equal(tagged("run `a b` now"), "run <code>`a b`</code> now");
  equal(tagged("| A | B |\n|---|:-:|\n| 1 | 2 |"), "| A | B |\n<dim>|---|:-:|</>\n| 1 | 2 |");
});

Deno.test("nothing is styled inside of a code block, however long its fence", () => {
  equal(
    tagged("````\n# no\n```\n**no**\n````\n# yes"),
    "<dim>````</>\n<dim># no</>\n<dim>```</>\n<dim>**no**</>\n<dim>````</>\n<b># yes</>",
  );
});

Deno.test("what looks like Markdown and is none stays as it is", () => {
  for (const text of ["#hash", "2 ** 3 ** 4", "a | b", "one ` backtick"]) equal(tagged(text), text);
});

Deno.test("without colours the text is shown as it was written, less line breaks at its end", () => {
  const text = fc.string({ unit: fc.constantFrom("#", " ", "*", "`", "|", "-", "a", "\n", "é") });
  fc.assert(fc.property(text, (markdown) => {
    equal(renderMarkdown(markdown, plain), markdown.trimEnd());
  }));
});

Deno.test("colours add nothing but colours", () => {
  const text = fc.string({ unit: fc.constantFrom("#", " ", "*", "`", "|", "-", "a", "\n") });
  fc.assert(fc.property(text, (markdown) => {
    const shown = renderMarkdown(markdown, colored);
    // deno-lint-ignore no-control-regex -- escape sequences begin with a control character.
    equal(shown.replaceAll(/\x1b\[\d+m/g, ""), markdown.trimEnd());
  }));
});

Deno.test("line breaks of Windows are line breaks", () => {
  equal(renderMarkdown("# a\r\nb\r\n", plain), "# a\nb");
});

Deno.test("control characters become visible", () => {
  equal(renderMarkdown("# \x1b[2Jgone\r", plain), "# ␛[2Jgone␍");
});
