import { doesNotThrow, throws } from "node:assert/strict";
import { refuseLocalEdits } from "../../../../src/libswamp/extensions/local_edits.ts";

Deno.test("nothing edited is nothing to refuse", () => {
  doesNotThrow(() => refuseLocalEdits("@acme/widget", [], "overwrite"));
});

Deno.test("edits are refused with the command that goes on all the same", () => {
  throws(() => refuseLocalEdits("@acme/widget", ["a.ts"], "remove"), {
    code: "local_edits",
    message: "Extension @acme/widget has local edits: a.ts. Keep a copy of them, then run " +
      "'swamp extension rm @acme/widget --force' to remove them.",
  });
});

Deno.test("of many edited files five are named, and all of them for machines", () => {
  const edited = Array.from({ length: 12 }, (_, index) => `${index}.ts`);
  throws(() => refuseLocalEdits("@acme/widget", edited, "overwrite"), {
    message: /: 0\.ts, 1\.ts, 2\.ts, 3\.ts, 4\.ts and 7 more\. Keep/,
    fields: { edited },
  });
});
