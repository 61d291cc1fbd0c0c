import { deepEqual, throws } from "node:assert/strict";
import { readArguments, readOption } from "../../../src/cli/notation.ts";

Deno.test("arguments tell whether they are required and how many values they take", () => {
  deepEqual(readArguments("<type:string> [path:file] [rest...:string]"), [
    { name: "type", type: "string", required: true, variadic: false },
    { name: "path", type: "file", required: false, variadic: false },
    { name: "rest", type: "string", required: false, variadic: true },
  ]);
});

Deno.test("an argument without a type is a string", () => {
  deepEqual(readArguments("<name>"), [
    { name: "name", type: "string", required: true, variadic: false },
  ]);
});

Deno.test("a command may take no arguments", () => {
  deepEqual(readArguments(undefined), []);
  deepEqual(readArguments(""), []);
});

Deno.test("a malformed argument is the programmer's mistake", () => {
  throws(() => readArguments("name"), TypeError);
});

for (
  const [notation, shape] of [
    ["-f, --force", { forms: ["-f", "--force"], flag: "--force", value: "none", type: "boolean" }],
    ["--no-color", { forms: ["--no-color"], flag: "--no-color", value: "none", type: "boolean" }],
    ["--limit <n:number>", {
      forms: ["--limit"],
      flag: "--limit",
      value: "required",
      type: "number",
    }],
    ["-m, --mode [mode]", {
      forms: ["-m", "--mode"],
      flag: "--mode",
      value: "optional",
      type: "string",
    }],
    ["--log-level <level:string:log_level>", {
      forms: ["--log-level"],
      flag: "--log-level",
      value: "required",
      type: "string",
    }],
    ["-x", { forms: ["-x"], flag: "-x", value: "none", type: "boolean" }],
  ] as const
) {
  Deno.test(`the flags "${notation}" are understood`, () => {
    deepEqual(readOption(notation), shape);
  });
}

Deno.test("an option without a flag is the programmer's mistake", () => {
  throws(() => readOption("<n:number>"), TypeError);
});
