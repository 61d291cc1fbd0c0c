import { equal } from "node:assert/strict";
import { formatLogRecord, type LogRecord } from "../../../../src/cli/output/log_record.ts";
import { styleFor } from "../../../../src/cli/output/style.ts";

const record: LogRecord = {
  time: new Date("2026-11-20T17:31:06.814Z"),
  level: "info",
  category: "model·method·run",
  message: 'Found model "t1"',
};

Deno.test("the short form has time, three letters of level, category and message", () => {
  equal(
    formatLogRecord(record, "short", styleFor(false)),
    '17:31:06.814 INF model·method·run Found model "t1"',
  );
});

Deno.test("the long form has the date and the offset too", () => {
  equal(
    formatLogRecord(record, "long", styleFor(false)),
    '2026-11-20 17:31:06.814 +00:00 [INF] model·method·run: Found model "t1"',
  );
});

Deno.test("columns have the whole name of the level", () => {
  equal(
    formatLogRecord({ ...record, level: "warning" }, "columns", styleFor(false)),
    '17:31:06.814  warning  model·method·run  Found model "t1"',
  );
});

Deno.test("only columns have properties", () => {
  const full = { ...record, properties: () => 'id: "i-1"' };
  equal(
    formatLogRecord(full, "columns", styleFor(false)),
    '17:31:06.814  info     model·method·run  Found model "t1"  { id: "i-1" }',
  );
  for (const format of ["short", "long"] as const) {
    equal(
      formatLogRecord(full, format, styleFor(false)),
      formatLogRecord(record, format, styleFor(false)),
    );
  }
});
