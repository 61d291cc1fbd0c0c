import { deepEqual, ok } from "node:assert/strict";
import { modelSource, type OpenedIndex, RepositoryFixture } from "../repository_fixture.ts";
import { openingResult, startOpening } from "./opening_process.ts";
import { ageBatches } from "./stored_files.ts";

/** How often a refresh is killed; the normal run does it some times only. */
const ROUNDS = Number(Deno.env.get("SWAMP_KILL_ROUNDS") ?? 25);

/** More batch folders than this are too many: eight, what one build adds, and what the kill left. */
const MOST_BATCHES = 12;

/** Six models, one of which comes and goes, that share a helper; each has an edition. */
class Subject implements Disposable {
  readonly repository = new RepositoryFixture();
  readonly #editions = new Map<string, number>();
  #helper = 0;
  #edition = 0;

  constructor() {
    for (const name of ["a", "b", "c", "d", "e", "f"]) this.edit(name);
    this.editHelper();
  }

  edit(name: string): void {
    this.#editions.set(name, ++this.#edition);
    this.repository.write(
      `${name}.ts`,
      `import { HELPER } from "./_lib/helper.ts";\n${
        modelSource("x").replace('"x"', `"@acme/${name}-${this.#edition}-" + HELPER`)
      }`,
    );
  }

  editHelper(): void {
    // With a package it is a library, which later batches import from earlier ones.
    this.repository.write(
      "_lib/helper.ts",
      `import "npm:ms@2.1.3";\nexport const HELPER = "h${++this.#helper}";`,
    );
  }

  toggle(name: string): void {
    if (!this.#editions.delete(name)) return this.edit(name);
    Deno.removeSync(this.repository.path("extensions/models", `${name}.ts`));
  }

  forget(...parts: string[]): void {
    Deno.removeSync(this.repository.path(".swamp", ...parts), { recursive: true });
  }

  /** Checks that an opened index says what the sources say, and that its bundles do. */
  check({ types, broken, warnings, store }: OpenedIndex, what: string): void {
    const expected = [...this.#editions].map(([name, edition]) => ({
      file: `extensions/models/${name}.ts`,
      type: `@acme/${name}-${edition}-h${this.#helper}`,
    }));
    deepEqual([types, broken, warnings], [expected.map(({ type }) => type).sort(), {}, []], what);
    for (const { type, file } of expected) {
      const [row] = store.activeTypes("model", type);
      deepEqual(row?.sourcePath, file, what);
      const code = Deno.readTextFileSync(this.repository.path(row!.bundlePath));
      ok(code.includes(type.replace(/h\d+$/, "")), `${what}: ${row!.bundlePath}`);
    }
  }

  /** Checks that `.swamp` holds what it needs. */
  checkFiles(what: string, unfinished: number): void {
    const internal = [...Deno.readDirSync(this.repository.path(".swamp"))].map(({ name }) => name);
    const drafts = internal.filter((name) => name.includes(".new-"));
    deepEqual(
      internal.filter((name) => !drafts.includes(name)).sort(),
      ["_extension_build.lock", "_extension_catalog.db", "bundles"],
      what,
    );
    ok(drafts.length <= unfinished, `${what}: ${drafts.join()}`);
    const batches = [...Deno.readDirSync(this.repository.path(".swamp/bundles"))];
    const begun = batches.filter(({ name }) => name.startsWith("."));
    ok(begun.length <= unfinished, `${what}: ${begun.map(({ name }) => name).join()}`);
    ok(batches.length <= MOST_BATCHES, `${what}: ${batches.length} batches`);
  }

  [Symbol.dispose](): void {
    this.repository[Symbol.dispose]();
  }
}

/** What makes a refresh necessary. */
const CHANGES: Readonly<Record<string, (subject: Subject) => void>> = {
  "an edit": (subject) => subject.edit(["a", "b", "c"][Math.floor(Math.random() * 3)]!),
  "two edits": (subject) => ["d", "e"].forEach((name) => subject.edit(name)),
  "an edited helper": (subject) => subject.editHelper(),
  "a file that came or went": (subject) => subject.toggle("f"),
  "a lost catalog": (subject) => subject.forget("_extension_catalog.db"),
  "a lost catalog and an edit": (subject) => {
    subject.forget("_extension_catalog.db");
    subject.edit("a");
  },
  "lost bundles": (subject) => subject.forget("bundles"),
  "nothing left": (subject) => {
    subject.forget("bundles");
    subject.forget("_extension_catalog.db");
  },
};

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Milliseconds that a process takes to make everything anew. */
async function fullDuration(subject: Subject): Promise<number> {
  const start = performance.now();
  await openingResult(startOpening(subject.repository.root));
  return performance.now() - start;
}

/** Starts a refresh and kills it; a second process at the same time must not notice. */
async function killOne(
  subject: Subject,
  { delay, company }: { readonly delay: number; readonly company: boolean },
): Promise<void> {
  const child = startOpening(subject.repository.root);
  const other = company ? openingResult(startOpening(subject.repository.root)) : undefined;
  await pause(delay);
  try {
    child.kill("SIGKILL");
  } catch {
    // It was faster.
  }
  await child.output();
  const found = await other;
  if (found !== undefined) deepEqual([found.broken, found.warnings], [{}, []]);
}

Deno.test(`after a kill at any point of a refresh the next command is right, ${ROUNDS} times`, async () => {
  using subject = new Subject();
  const duration = await fullDuration(subject);
  const changes = Object.entries(CHANGES);
  for (let round = 0; round < ROUNDS; round++) {
    const [change, make] = changes[round % changes.length]!;
    ageBatches(subject.repository);
    make(subject);
    const delay = duration * (0.2 + 0.9 * Math.random());
    const company = round % 5 === 4;
    const what = `round ${round}, ${change}, killed after ${Math.round(delay)} of ${
      Math.round(duration)
    } ms${company ? " in company" : ""}`;
    await killOne(subject, { delay, company });
    using opened = await subject.repository.open();
    subject.check(opened, what);
    // A bundler that outlives the process that was killed may make its folder once more.
    subject.checkFiles(what, 2);
  }
  await pause(1000);
  ageBatches(subject.repository);
  subject.edit("a");
  using opened = await subject.repository.open();
  subject.check(opened, "the end");
  subject.checkFiles("the end", 0);
});
