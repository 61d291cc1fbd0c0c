import assert from "node:assert/strict";
import type { MethodLogger } from "../../../../src/domain/models/method_context.ts";
import { createMethodLogger } from "../../../../src/domain/models/method_logger.ts";

/** What `use` logs, as `level category message`. */
function logged(use: (logger: MethodLogger) => void): string[] {
  const records: string[] = [];
  use(createMethodLogger(["a", "b"], (level, message, category) => {
    records.push(`${level} ${category.join("·")} ${message}`);
  }));
  return records;
}

Deno.test("placeholders are filled in as in source code: strings in quotes", () => {
  const records = logged((log) =>
    log.info("made {id}, {n} of {list} {unknown}", { id: "i-1", n: 2, list: ["x"] })
  );
  assert.deepEqual(records, ['info a·b made "i-1", 2 of [ "x" ] {unknown}']);
});

Deno.test("a tagged template does the same", () => {
  assert.deepEqual(logged((log) => log.debug`made ${"i-1"} ${2}!`), ['debug a·b made "i-1" 2!']);
});

Deno.test("warn and warning are one level", () => {
  const records = logged((log) => {
    log.warn("x");
    log.warning("y");
  });
  assert.deepEqual(records, ["warning a·b x", "warning a·b y"]);
});

Deno.test("properties of with and of the call go together, the call's winning", () => {
  const records = logged((log) => log.with({ a: 1, b: 1 }).error("{a} {b}", { b: 2 }));
  assert.deepEqual(records, ["error a·b 1 2"]);
});

Deno.test("a child has a longer category", () => {
  const records = logged((log) => {
    log.getChild("c").fatal("x");
    log.getChild(["c", "d"]).trace("y");
  });
  assert.deepEqual(records, ["fatal a·b·c x", "trace a·b·c·d y"]);
});

Deno.test("doubled braces are braces", () => {
  assert.deepEqual(logged((log) => log.info("{{a}} {a}", { a: 1 })), ["info a·b {a} 1"]);
});

Deno.test("anything can be logged", () => {
  const records = logged((log) => log.info({ a: undefined } as unknown as string));
  assert.deepEqual(records, ["info a·b { a: undefined }"]);
});

Deno.test("a record comes with the properties of with and of the call", () => {
  const records: unknown[] = [];
  const logger = createMethodLogger([], (_level, _message, _category, properties) => {
    records.push(properties);
  });
  logger.with({ zone: "b", n: 1 }).info("made {id}", { id: "i-1", n: 2 });
  logger.info`made ${"i-1"}`;
  assert.deepEqual(records, [{ zone: "b", id: "i-1", n: 2 }, {}]);
});
