import { equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../../../src/domain/errors.ts";
import { normalizeTypeName } from "../../../../src/domain/extensions/type_name.ts";

for (
  const [raw, normalized] of [
    ["AWS::EC2::VPC Test.Thing", "aws/ec2/vpc/test/thing"],
    ["  Command::Shell ", "command/shell"],
    ["COMMAND SHELL", "command/shell"],
    ["command.shell", "command/shell"],
    ["//a///b/", "a/b"],
    ["@acme/with space", "@acme/with/space"],
    ["@x/../../etc", "@x/etc"],
  ] as const
) {
  Deno.test(`${JSON.stringify(raw)} is ${normalized}`, () => {
    equal(normalizeTypeName(raw), normalized);
  });
}

Deno.test("an empty type is refused", () => {
  throws(() => normalizeTypeName("  "), { message: "Model type cannot be empty" });
});

Deno.test("a type of separators only is refused", () => {
  throws(() => normalizeTypeName(":: / ."), {
    message: "Model type normalization resulted in empty string",
  });
});

Deno.test("whatever is typed, a normalised name stays put and can never leave a folder", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (raw) => {
    let name: string;
    try {
      name = normalizeTypeName(raw);
    } catch (error) {
      return error instanceof UserError;
    }
    return normalizeTypeName(name) === name && !name.includes("..") && !name.startsWith("/") &&
      !name.includes("//") && !/[\s.]/.test(name);
  }));
});
