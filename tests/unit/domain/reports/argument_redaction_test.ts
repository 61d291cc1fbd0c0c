import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { inputSchema } from "../../../../src/domain/extensions/describe.ts";
import {
  argumentRedaction,
  hiddenTexts,
} from "../../../../src/domain/reports/argument_redaction.ts";

const secret = () => z.string().meta({ sensitive: true });
const SCHEMA = inputSchema(z.object({
  key: secret().optional(),
  n: z.number(),
  login: z.object({ user: z.string(), password: secret() }),
  tokens: z.array(secret()),
  region: z.string(),
}));

const redact = argumentRedaction({ global: [undefined], method: [SCHEMA] });

Deno.test("sensitive fields are masked in a copy", () => {
  const args = { key: "k-1", n: 1, login: { user: "ada", password: "p-1" }, region: "eu" };
  const before = structuredClone(args);
  deepEqual(redact(args, "method"), {
    ...{ key: "***", n: 1, region: "eu" },
    login: { user: "ada", password: "***" },
  });
  deepEqual(args, before);
});

Deno.test("JSON text in the place of a map or list with sensitive members is masked as a whole", () => {
  const args = { login: '{"user":"ada","password":"p-1"}', tokens: '["t-1"]', n: "5" };
  deepEqual(redact(args, "method"), { login: "***", tokens: "***", n: "5" });
});

Deno.test("without a schema every value is masked", () => {
  deepEqual(redact({ any: "thing", more: { deep: 1 } }, "global"), { any: "***", more: "***" });
});

Deno.test("arguments of an unheard-of kind are masked as if they had no schema", () => {
  deepEqual(redact({ region: "eu" }, "other" as "method"), { region: "***" });
});

Deno.test("what is no map is given back", () => {
  equal(redact(undefined, "method"), undefined);
  equal(redact(null, "global"), null);
});

Deno.test("of several schemas each one masks what it marks", () => {
  const other = inputSchema(z.object({ region: secret() }));
  const both = argumentRedaction({ global: [], method: [SCHEMA, other] });
  deepEqual(both({ key: "k-1", region: "eu", n: 2 }, "method"), {
    ...{ key: "***", region: "***", n: 2 },
  });
});

Deno.test("hidden texts are those that were masked, wherever they were", () => {
  const args = {
    key: "k-1",
    n: 1,
    login: { user: "ada", password: "p-1" },
    tokens: ["t-1", "t-2"],
  };
  deepEqual(hiddenTexts(args, redact(args, "method")), ["k-1", "p-1", "t-1", "t-2"]);
});

Deno.test("no text of a sensitive field is left, whatever the other fields hold", () => {
  const text = fc.uuid();
  const args = fc.record({
    key: text,
    login: fc.oneof(fc.record({ user: fc.string(), password: text }), fc.constant("x")),
    tokens: fc.array(text),
    region: fc.string(),
  });
  fc.assert(fc.property(args, (given) => {
    const redacted = redact(given, "method");
    const shown = JSON.stringify(redacted);
    for (const hidden of hiddenTexts(given, redacted)) {
      ok(hidden === "x" || !shown.includes(hidden), shown);
    }
    equal(redacted.region, given.region);
  }));
});
