import * as assert from "node:assert/strict";
import { Database } from "@db/sqlite";
import fc from "fast-check";
import { withFolder } from "./with_folder.ts";

function letters(path = ":memory:"): Database {
  const db = new Database(path);
  db.exec("PRAGMA busy_timeout = 0");
  db.exec("CREATE TABLE IF NOT EXISTS letter (a TEXT UNIQUE)");
  return db;
}

function add(db: Database, letter: string): void {
  db.exec("INSERT INTO letter VALUES (?)", letter);
}

function stored(db: Database): unknown[] {
  return db.prepare("SELECT a FROM letter ORDER BY a").values().flat();
}

Deno.test("what a transaction has done stays", () => {
  using db = letters();
  const addAll = db.transaction((all: string[]) => {
    for (const letter of all) add(db, letter);
    return all.length;
  });
  assert.equal(addAll(["a", "b"]), 2);
  assert.deepEqual(stored(db), ["a", "b"]);
});

Deno.test("what a transaction has done before an error is undone", () => {
  using db = letters();
  const addTwice = db.transaction((letter: string) => {
    add(db, letter);
    add(db, letter);
  });
  assert.throws(() => addTwice("a"), { name: "SqliteError", code: 19 });
  assert.deepEqual(stored(db), []);
  assert.equal(db.inTransaction, false);
});

Deno.test("the error of a transaction is passed on as it is", () => {
  using db = letters();
  const error = new Error("no");
  const fail = db.transaction(() => {
    throw error;
  });
  assert.throws(fail, (thrown) => thrown === error);
});

Deno.test("a database knows whether a transaction is under way", () => {
  using db = letters();
  const seen = db.transaction(() => [db.inTransaction, db.autocommit]);
  assert.deepEqual([db.inTransaction, db.autocommit], [false, true]);
  assert.deepEqual(seen(), [true, false]);
  assert.deepEqual([db.inTransaction, db.autocommit], [false, true]);
});

Deno.test("a transaction in another one is undone alone", () => {
  using db = letters();
  const inner = db.transaction((letter: string, isGood: boolean) => {
    add(db, letter);
    if (!isGood) throw new Error("no");
  });
  const outer = db.transaction(() => {
    add(db, "a");
    inner("b", true);
    assert.throws(() => inner("c", false), /no/);
    inner("d", true);
  });
  outer();
  assert.deepEqual(stored(db), ["a", "b", "d"]);
});

Deno.test("a transaction takes its inner ones with it", () => {
  using db = letters();
  const inner = db.transaction(() => add(db, "a"));
  const outer = db.transaction(() => {
    inner();
    throw new Error("no");
  });
  assert.throws(outer, /no/);
  assert.deepEqual(stored(db), []);
});

Deno.test("an immediate transaction keeps other writers out from the start", () =>
  withFolder((folder) => {
    using db = letters(`${folder}/letters.db`);
    using other = letters(`${folder}/letters.db`);
    const hold = db.transaction(() => {
      assert.deepEqual(stored(other), []);
      assert.throws(() => add(other, "b"), { name: "SqliteError", code: 5 });
    });
    hold.immediate();
    add(other, "c");
    assert.deepEqual(stored(db), ["c"]);
  }));

Deno.test("an exclusive transaction keeps readers out, too", () =>
  withFolder((folder) => {
    using db = letters(`${folder}/letters.db`);
    using other = letters(`${folder}/letters.db`);
    db.transaction(() => {
      assert.throws(() => stored(other), { name: "SqliteError", code: 5 });
    }).exclusive();
  }));

Deno.test("a deferred transaction keeps nobody out until it writes", () =>
  withFolder((folder) => {
    using db = letters(`${folder}/letters.db`);
    using other = letters(`${folder}/letters.db`);
    const addLate = db.transaction(() => {
      add(other, "a");
      add(db, "b");
      assert.throws(() => add(other, "c"), { code: 5 });
    });
    addLate.deferred();
    assert.deepEqual(stored(other), ["a", "b"]);
  }));

Deno.test("a transaction that finds the database locked does not start", () =>
  withFolder((folder) => {
    using db = letters(`${folder}/letters.db`);
    using other = letters(`${folder}/letters.db`);
    let hasRun = false;
    const late = other.transaction(() => {
      hasRun = true;
    });
    db.transaction(() => assert.throws(() => late.immediate(), { code: 5 }))
      .immediate();
    assert.equal(hasRun, false);
    assert.equal(other.inTransaction, false);
  }));

Deno.test("an error that ends the transaction by itself is passed on", () => {
  using db = letters();
  add(db, "a");
  const clash = db.transaction(() => db.exec("INSERT OR ROLLBACK INTO letter VALUES ('a')"));
  assert.throws(() => clash(), { name: "SqliteError", code: 19 });
  assert.equal(db.inTransaction, false);
});

/** A transaction: letters and inner transactions, in order; a bad one fails at its end. */
interface Plan {
  isGood: boolean;
  steps: (string | Plan)[];
}

const { plan } = fc.letrec<{ plan: Plan; step: string | Plan }>((tie) => ({
  plan: fc.record({
    isGood: fc.boolean(),
    steps: fc.array(tie("step"), { maxLength: 4 }),
  }),
  step: fc.oneof({ maxDepth: 4 }, fc.stringMatching(/^[a-z]{4}$/), tie("plan")),
}));

/** What has to be left of a plan, whose inner failures are caught. */
function outcome({ isGood, steps }: Plan): string[] {
  if (!isGood) return [];
  return steps.flatMap((step) => typeof step === "string" ? [step] : outcome(step));
}

Deno.test("of nested transactions the good ones in good ones stay", () => {
  fc.assert(fc.property(plan, (root) => {
    using db = new Database(":memory:");
    db.exec("CREATE TABLE letter (a TEXT)");
    const carryOut = db.transaction(({ isGood, steps }: Plan) => {
      for (const step of steps) {
        if (typeof step === "string") add(db, step);
        else attempt(step);
      }
      if (!isGood) throw new Error("no");
    });
    const attempt = (each: Plan) => {
      if (each.isGood) carryOut(each);
      else assert.throws(() => carryOut(each), /no/);
    };
    attempt(root);
    assert.deepEqual(stored(db), outcome(root).toSorted());
    assert.equal(db.inTransaction, false);
  }));
});
