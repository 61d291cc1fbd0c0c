import { deepEqual, equal, ok } from "node:assert/strict";
import { parse } from "yaml";
import { isThere, start } from "../background_run.ts";
import { method, sourceOf } from "../model_source.ts";
import { createModel, dataContent, runArgs } from "../models.ts";
import { succeeds } from "../outcomes.ts";
import { Repository, type Run } from "../swamp.ts";

/** So many runs are killed; `SWAMP_KILL_ROUNDS` asks for more. */
const ROUNDS = Number(Deno.env.get("SWAMP_KILL_ROUNDS") ?? 12);

/** A model whose run writes a resource, a file in pieces and a file by its path, again and again. */
const SOURCE = sourceOf("@acme/writes", {
  methods: `{ ${
    method(
      "write",
      `for (let n = 1; n <= 4; n++) {
        await context.writeResource("state", "main", { n, fill: "x".repeat(n * 50_000) });
        const lines = context.createFileWriter("log", "lines");
        for (let line = 0; line < 20; line++) await lines.writeLine("line " + line);
        await lines.finalize();
        const file = context.createFileWriter("log", "file");
        await Deno.writeTextFile(await file.getFilePath(), "y".repeat(n * 1000));
        await file.finalize();
      }`,
    )
  } }`,
});

const WRITE = [...runArgs("w", "write"), "--skip-reports"];

const LINES = Array.from({ length: 20 }, (_, line) => `line ${line}\n`).join("");

/** Whether content is what one write of the method leaves. */
const WHOLE: Readonly<Record<string, (content: string) => boolean>> = {
  main: (content) => {
    const { n, fill } = JSON.parse(content);
    return fill === "x".repeat(n * 50_000);
  },
  lines: (content) => content === LINES,
  file: (content) => /^y+$/.test(content) && content.length % 1000 === 0,
};

/** Every version that has metadata is whole, and what commands show is one of them. */
async function requireWhole(repository: Repository, id: string): Promise<void> {
  for (const [name, isWhole] of Object.entries(WHOLE)) {
    const folder = repository.path(".swamp/data/@acme/writes", id, name);
    for (const { name: version } of Deno.readDirSync(folder)) {
      const path = `${folder}/${version}`;
      if (!/^\d+$/.test(version) || !isThere(`${path}/metadata.yaml`)) continue;
      const { size } = parse(Deno.readTextFileSync(`${path}/metadata.yaml`));
      const content = Deno.readTextFileSync(`${path}/raw`);
      ok(isWhole(content) && size === content.length, `version ${version} of ${name}`);
    }
  }
  const { total } = await succeeds(repository, ["data", "list", "w"]);
  equal(total, 3);
  const { results } = await succeeds(repository, ["data", "query", "true", "--select", "content"]);
  ok(results.some((content: string) => content === LINES));
}

Deno.test("runs that are killed at any moment leave whole versions only, and never the next run's way", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/writes.ts", SOURCE);
  const { id } = await createModel(repository, "@acme/writes", "w");
  const begin = performance.now();
  await succeeds(repository, WRITE);
  const duration = performance.now() - begin;
  let killed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const run = start(repository, WRITE);
    // Spread over the whole run, and beyond, so that every part of it is met.
    await new Promise((resolve) => setTimeout(resolve, duration * (0.2 + Math.random())));
    try {
      run.signal("SIGKILL");
    } catch {
      // It was faster.
    }
    if ((await run.end).code === -1) killed++;
    await requireWhole(repository, id);
  }
  ok(killed > 0, "some runs were killed");
  await succeeds(repository, [...WRITE, "--wait", "0"]);
  equal((await dataContent(repository, "w", "main")).n, 4);
  const history = await succeeds(repository, ["model", "method", "history", "search"]);
  const states = new Set(history.results.map(({ status }: Run["json"]) => status));
  deepEqual([...states].filter((state) => state === "running"), []);
  await succeeds(repository, ["data", "gc"]);
  deepEqual(leftovers(repository.path(".swamp/data/@acme/writes", id)), []);
});

/**
 * What is neither a version, nor part of one, nor a note of the latest, nor a temporary file, which
 * stays for an hour because it may be somebody's.
 */
function leftovers(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => [
    ...(/^(?:main|lines|file|\d+|latest|raw|metadata\.yaml|\.[\da-f-]{36}\.tmp)$/.test(name)
      ? []
      : [name]),
    ...(isDirectory ? leftovers(`${folder}/${name}`) : []),
  ]);
}
