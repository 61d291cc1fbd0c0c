import assert from "node:assert/strict";
import fc from "fast-check";
import { dataTags, RESERVED_TAGS, reservedNames } from "../../../../src/domain/data/tags.ts";

const BASE = { kind: "resource", specName: "state", modelName: "t1", definition: {} } as const;

Deno.test("data is tagged with its type, spec and model", () => {
  assert.deepEqual(dataTags(BASE), { type: "resource", specName: "state", modelName: "t1" });
});

Deno.test("of equal tags those of the command line win, then those of the write, spec, definition", () => {
  const layers = {
    definition: { a: "definition", b: "definition", c: "definition", d: "definition" },
    spec: { b: "spec", c: "spec", d: "spec" },
    overrides: { c: "write", d: "write" },
    runtime: { d: "command line" },
  };
  const { a, b, c, d } = dataTags({ ...BASE, ...layers });
  assert.deepEqual([a, b, c, d], ["definition", "spec", "write", "command line"]);
});

Deno.test("nobody can change what a resource's reserved tags say", () => {
  const tags = fc.dictionary(fc.constantFrom(...RESERVED_TAGS, "env"), fc.string());
  fc.assert(fc.property(tags, tags, tags, tags, (definition, spec, overrides, runtime) => {
    const { type, specName, modelName } = dataTags({
      ...BASE,
      ...{ definition, spec, overrides, runtime },
    });
    assert.deepEqual({ type, specName, modelName }, {
      type: "resource",
      specName: "state",
      modelName: "t1",
    });
  }));
});

Deno.test("the author of a type may say what kind of file a file is", () => {
  const file = { ...BASE, kind: "file" } as const;
  assert.equal(dataTags({ ...file, spec: { type: "log" } }).type, "log");
  assert.equal(dataTags({ ...file, definition: { type: "log" } }).type, "file");
  assert.equal(dataTags({ ...file, runtime: { type: "log" } }).type, "file");
});

Deno.test("a file never passes for a resource or a report", () => {
  for (const type of ["resource", "report"]) {
    assert.equal(dataTags({ ...BASE, kind: "file", spec: { type } }).type, "file");
  }
});

Deno.test("reserved names among given tags are found", () => {
  assert.deepEqual(reservedNames({ env: "x", modelName: "y", type: "z" }), ["type", "modelName"]);
});
