import * as assert from "node:assert/strict";
import { type BindValue, Database } from "@db/sqlite";
import fc from "fast-check";

/** What SQLite makes of a value: its type there, and what is read back. */
function roundTrip(value: BindValue, options: { int64?: boolean } = {}) {
  using db = new Database(":memory:", options);
  return db.prepare("SELECT typeof(:value) AS type, :value AS value").get({
    value,
  });
}

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const text = fc.string({ unit: "grapheme" }).filter((each) => !each.includes("\0"));

Deno.test("null and undefined are NULL", () => {
  assert.deepEqual(roundTrip(null), { type: "null", value: null });
  assert.deepEqual(roundTrip(undefined), { type: "null", value: null });
});

Deno.test("NaN is NULL", () => {
  assert.deepEqual(roundTrip(NaN), { type: "null", value: null });
});

Deno.test("an integral number is an INTEGER", () => {
  fc.assert(fc.property(fc.maxSafeInteger(), (value) => {
    assert.deepEqual(roundTrip(value, { int64: true }), {
      type: "integer",
      value,
    });
  }));
});

Deno.test("a number with a fraction is a REAL", () => {
  const fraction = fc.double({ noNaN: true, noDefaultInfinity: true })
    .filter((each) => !Number.isInteger(each));
  fc.assert(fc.property(fraction, (value) => {
    assert.deepEqual(roundTrip(value), { type: "real", value });
  }));
});

Deno.test("a bigint is an INTEGER, and comes back as a number where that is exact", () => {
  fc.assert(fc.property(int64, (value) => {
    const isExact = Number.isSafeInteger(Number(value));
    assert.deepEqual(roundTrip(value, { int64: true }), {
      type: "integer",
      value: isExact ? Number(value) : value,
    });
  }));
});

Deno.test("without int64 an INTEGER is cut to its low 32 bits", () => {
  fc.assert(fc.property(int64, (value) => {
    assert.equal(roundTrip(value)?.value, Number(BigInt.asIntN(32, value)));
  }));
  assert.equal(roundTrip(1774883342899)?.value, 1061849651);
});

Deno.test("without int64 a REAL keeps all of it", () => {
  using db = new Database(":memory:");
  assert.deepEqual(db.prepare("SELECT 1774883342899.0").value(), [1774883342899]);
});

Deno.test("a boolean is an INTEGER", () => {
  assert.deepEqual(roundTrip(true), { type: "integer", value: 1 });
  assert.deepEqual(roundTrip(false), { type: "integer", value: 0 });
});

Deno.test("a string is a TEXT", () => {
  fc.assert(fc.property(text, (value) => {
    assert.deepEqual(roundTrip(value), { type: "text", value });
  }));
});

Deno.test("a date is a TEXT in ISO format", () => {
  fc.assert(fc.property(fc.date({ noInvalidDate: true }), (date) => {
    assert.deepEqual(roundTrip(date), {
      type: "text",
      value: date.toISOString(),
    });
  }));
});

Deno.test("bytes are a BLOB", () => {
  fc.assert(fc.property(fc.uint8Array(), (value) => {
    assert.deepEqual(roundTrip(value), { type: "blob", value });
  }));
});

Deno.test("a list or record among the values of a record is its JSON", () => {
  assert.deepEqual(roundTrip([1, "a"]), { type: "text", value: '[1,"a"]' });
  assert.deepEqual(roundTrip({ a: null }), {
    type: "text",
    value: '{"a":null}',
  });
});

Deno.test("int64 can be chosen for a statement alone", () => {
  using db = new Database(":memory:");
  using statement = db.prepare("SELECT 1099511627776");
  assert.deepEqual(statement.value(), [0]);
  assert.deepEqual(statement.enableInt64().value(), [1099511627776]);
  assert.deepEqual(statement.disableInt64().value(), [0]);
  db.int64 = true;
  assert.deepEqual(statement.defaultInt64().value(), [1099511627776]);
});

Deno.test("without parseJson the results of JSON functions are text", () => {
  using db = new Database(":memory:", { parseJson: false });
  assert.deepEqual(db.prepare("SELECT json_array(1, 2) AS list").get(), {
    list: "[1,2]",
  });
});

Deno.test("parseJson can be chosen for a statement alone", () => {
  using db = new Database(":memory:");
  using statement = db.prepare("SELECT json_object('a', 1)").disableParseJson();
  assert.deepEqual(statement.value(), ['{"a":1}']);
});
