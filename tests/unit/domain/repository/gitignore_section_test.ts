import { equal, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import { planGitignore } from "../../../../src/domain/repository/gitignore_section.ts";
import { TOOLS } from "../../../../src/domain/repository/settings.ts";

const BEGIN = "# BEGIN swamp managed section - DO NOT EDIT";
const END = "# END swamp managed section";
const NONE = `${BEGIN}\n.swamp/\n${END}\n`;

Deno.test("a missing file is created with the section alone", () => {
  const plan = planGitignore(undefined, "none");
  equal(plan.action, "created");
  equal(plan.text, NONE);
});

for (
  const [tool, folder] of [
    ["claude", ".claude/"],
    ["cursor", ".cursor/skills/"],
    ["opencode", ".agents/skills/"],
    ["codex", ".agents/skills/"],
    ["kiro", ".kiro/skills/"],
  ] as const
) {
  Deno.test(`the section of ${tool} ignores ${folder}`, () => {
    equal(planGitignore(undefined, tool).text, `${BEGIN}\n.swamp/\n${folder}\n${END}\n`);
  });
}

Deno.test("a file without the section gets it after a blank line", () => {
  equal(planGitignore("node_modules\n", "none").text, `node_modules\n\n${NONE}`);
});

Deno.test("a last line without a line break is not joined with the section", () => {
  equal(planGitignore("node_modules", "none").text, `node_modules\n\n${NONE}`);
});

Deno.test("an existing section is replaced where it stands", () => {
  const text = `a\n${BEGIN}\nold\n${END}\nb\n`;
  const plan = planGitignore(text, "none");
  equal(plan.action, "updated");
  equal(plan.text, `a\n${NONE}b\n`);
});

Deno.test("a file that is as it should be is unchanged", () => {
  equal(planGitignore(`a\n\n${NONE}`, "none").action, "unchanged");
});

Deno.test("line breaks of Windows are kept", () => {
  equal(
    planGitignore("a\r\n", "none").text,
    `a\r\n\r\n${BEGIN}\r\n.swamp/\r\n${END}\r\n`,
  );
  equal(planGitignore(`a\r\n\r\n${NONE.replaceAll("\n", "\r\n")}`, "none").action, "unchanged");
});

Deno.test("two sections are refused, and the file is named", () => {
  throws(() => planGitignore(`${NONE}${NONE}`, "none"), {
    code: "invalid_gitignore",
    message: "Found multiple swamp managed sections in file .gitignore. " +
      "Please remove the duplicate section and run the command again.",
  });
});

for (const text of [`${BEGIN}\nmine\n`, `mine\n${END}\n`, `${END}\nmine\n${BEGIN}\n`]) {
  Deno.test(`a section that is not whole is refused: ${JSON.stringify(text)}`, () => {
    throws(() => planGitignore(text, "none"), { code: "invalid_gitignore" });
  });
}

Deno.test("what the user wrote is kept, and planning again changes nothing", () => {
  const line = fc.string().filter((text) =>
    !/[\r\n]/.test(text) && !text.includes("swamp managed")
  );
  fc.assert(fc.property(fc.array(line), fc.constantFrom(...TOOLS), (lines, tool) => {
    const text = lines.map((one) => `${one}\n`).join("");
    const plan = planGitignore(text, tool);
    ok(text.trim() === "" || plan.text.startsWith(text));
    equal(planGitignore(plan.text, tool).action, "unchanged");
  }));
});
