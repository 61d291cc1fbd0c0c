import { equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { expandedPath } from "../../../../src/domain/datastores/path_expansion.ts";

const variables: Readonly<Record<string, string>> = {
  HOME: "/home/ada",
  STAGE: "test",
  EMPTY: "",
  AWAY: "~/away",
};
const variable = (name: string) => variables[name];

const EXPANDED: Readonly<Record<string, string>> = {
  "/data/x": "/data/x",
  "~": "/home/ada",
  "~/x": "/home/ada/x",
  "/a/~/b": "/a/~/b",
  "~eve/x": "~eve/x",
  "$STAGE/x": "test/x",
  "/d/${STAGE}x": "/d/testx",
  "~/$STAGE/${STAGE}": "/home/ada/test/test",
  "$AWAY/x": "/home/ada/away/x",
  "/price/5$": "/price/5$",
};

for (const [path, expanded] of Object.entries(EXPANDED)) {
  Deno.test(`${path} means ${expanded}`, () => equal(expandedPath(path, variable), expanded));
}

Deno.test("a variable without a value is named, with the path that wants it", () => {
  const message = (name: string, path: string) =>
    `Environment variable "${name}" is not set or empty (referenced in path "${path}")`;
  throws(() => expandedPath("$NOPE/x", variable), { message: message("NOPE", "$NOPE/x") });
  throws(() => expandedPath("/a/${EMPTY}", variable), { message: message("EMPTY", "/a/${EMPTY}") });
});

Deno.test("Windows has its own variable for the home folder", () => {
  const windows = (name: string) => name === "USERPROFILE" ? "C:\\Users\\ada\\" : undefined;
  equal(expandedPath("~\\x", windows), "C:\\Users\\ada\\x");
});

Deno.test("a path without marks stays as it is", () => {
  const plain = fc.string().filter((text) => !/[$~]/.test(text));
  fc.assert(fc.property(plain, (path) => equal(expandedPath(path, variable), path)));
});
