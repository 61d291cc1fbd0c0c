/**
 * No command may know less of a type because somebody else has loaded it, or nobody has. Every command
 * that has to do with types is run twice, from one state: in a repository that was never indexed, and
 * in one whose types are all registered and not loaded. Both must say the same.
 */
import { deepEqual, equal, ok } from "node:assert/strict";
import { copy } from "@std/fs";
import { CliRepository } from "./cli_repository.ts";
import { writeLazySources } from "./lazy_sources.ts";
import { CATALOG, forget } from "./stored_files.ts";

/** What a command is tried with. */
interface Trial {
  readonly words: readonly string[];
  readonly stdin?: string;
  /** What must be in its document, as a text; unless told, that there is no error is enough. */
  readonly shows?: string;
  /** Runs in a repository whose data are in a datastore of an extension. */
  readonly elsewhere?: boolean;
}

/** Has nothing to do with types. */
const NO_TYPES = "no types";

const EDITED = "id: {id}\nname: one\nversion: 1\ntags: {}\nglobalArguments: {}\nmethods: {}\n";
const EDITED_VAULT = "id: {vault}\nname: v\ntype: '@acme/safe'\nconfig: {}\n";

/** Every command by its words. Whoever adds one says here what it has to do with types. */
const COMMANDS: Readonly<Record<string, readonly Trial[] | typeof NO_TYPES>> = {
  "version": NO_TYPES,
  "init": NO_TYPES,
  "repo upgrade": NO_TYPES,
  "completions bash": NO_TYPES,
  "completions zsh": NO_TYPES,
  "completions fish": NO_TYPES,
  "model type search": [{ words: ["thing"], shows: "@acme/thing" }],
  "model type describe": [{ words: ["@acme/thing"], shows: '"more"' }],
  "model create": [{ words: ["@acme/thing", "two"], shows: '"more"' }],
  "model get": [{ words: ["one"], shows: '"more"' }, { words: ["{id}"], shows: '"more"' }],
  "model search": [{ words: ["one"], shows: "@acme/thing" }],
  "model edit": [{ words: ["{id}"], stdin: EDITED, shows: "updated" }],
  "model delete": [{ words: ["{id}", "--force"], shows: '"one"' }],
  "model validate": [
    { words: ["one"], shows: '"passed":true' },
    { words: ["other"], shows: '"passed":true' },
    { words: [], shows: '"totalPassed":2' },
  ],
  "model evaluate": [{ words: ["other"], shows: "thing" }, { words: ["{id}"] }, { words: [] }],
  "model method describe": [{ words: ["one", "more"], shows: "Adds" }],
  "model method run": [
    { words: ["one", "more"], shows: "all is well" },
    { words: ["other", "sync"], shows: "@acme/summary" },
    { words: ["one", "sync", "--driver", "@acme/engine"], shows: '"succeeded"' },
    { words: ["one", "sync"], shows: '"succeeded"', elsewhere: true },
  ],
  "model method history get": [{ words: ["one"], shows: "sync" }],
  "model method history search": [{ words: ["sync"], shows: "@acme/thing" }],
  "model method history logs": [{ words: ["one"] }],
  "model output get": [{ words: ["one"], shows: "sync" }],
  "model output search": [{ words: ["one"], shows: "@acme/thing" }],
  "model output logs": [{ words: ["{output}"] }],
  "model output data": [{ words: ["{output}"], shows: "main" }],
  "vault type search": [{ words: ["safe"], shows: "@acme/safe" }],
  "vault type describe": [{ words: ["@acme/safe"], shows: "Keeps secrets" }],
  "vault create": [{ words: ["@acme/safe", "second"], shows: "@acme/safe" }],
  "vault search": [{ words: ["v"], shows: "@acme/safe" }],
  "vault get": [{ words: ["v"], shows: "@acme/safe" }],
  "vault describe": [{ words: ["v"], shows: "@acme/safe" }],
  "vault put": [{ words: ["v", "new=1"], shows: "new" }],
  "vault list-keys": [{ words: ["v"], shows: "key" }],
  "vault delete-secret": [{ words: ["v", "key", "--force"] }],
  "vault edit": [{ words: ["v"], stdin: EDITED_VAULT }],
  "vault delete": [{ words: ["v", "--force"] }],
  "data list": [{ words: ["one"], shows: "main" }, { words: ["{id}"], shows: "main" }],
  "data get": [{ words: ["one", "main"], shows: "thing" }, { words: ["{id}", "main"] }],
  "data search": [{ words: ["main"], shows: "main" }],
  "data query": [{ words: ['modelName == "one"'], shows: "main" }],
  "data versions": [{ words: ["one", "main"], shows: "main" }, { words: ["{id}", "main"] }],
  "data rename": [{ words: ["one", "main", "renamed"], shows: "renamed" }],
  "data gc": [{ words: ["--force"] }],
  "summarise": [{ words: [], shows: "@acme/thing" }],
  "doctor extensions": NO_TYPES,
  "driver type search": [{ words: ["engine"], shows: "@acme/engine" }],
  "driver type describe": [{ words: ["@acme/engine"], shows: "Runs methods elsewhere" }],
  "datastore status": [{ words: [] }, { words: [], shows: "@acme/store", elsewhere: true }],
  "datastore setup filesystem": NO_TYPES,
  "datastore setup extension": [{ words: ["@acme/store"], shows: "@acme/store" }],
  "datastore sync": [{ words: [], elsewhere: true }],
  "datastore lock status": [{ words: [] }, { words: [], elsewhere: true }],
  "datastore lock release": [{ words: ["--force"] }],
  "datastore type search": [{ words: ["store"], shows: "@acme/store" }],
  "datastore type describe": [{ words: ["@acme/store"], shows: "Keeps data" }],
  "report search": [{ words: [], shows: "@acme/summary" }],
  "report get": [{ words: ["@acme/summary", "--model", "one"], shows: "all is well" }],
  "report type search": [{ words: ["summary"], shows: "@acme/summary" }],
  "report type describe": [{ words: ["@acme/summary"], shows: "Sums up" }],
  "report describe": [{ words: ["@acme/summary"], shows: "Sums up" }],
};

// deno-lint-ignore no-explicit-any -- what `swamp help` and other commands print.
type Document = any;

function commandsBelow(node: Document, path: readonly string[] = []): string[] {
  const children: Document[] = node.subcommands ?? [];
  if (children.length === 0) return [path.join(" ")];
  return children.flatMap((child) => commandsBelow(child, [...path, child.name]));
}

/** A state of a repository that commands are tried in, and the ids of what is in it. */
class Template implements Disposable {
  private constructor(readonly repository: CliRepository, readonly ids: Record<string, string>) {}

  /** Models, data, reports and secrets of types that each command has to load by itself. */
  static async create(): Promise<Template> {
    const repository = await CliRepository.create();
    writeLazySources(repository);
    const { id } = await repository.json(["model", "create", "@acme/thing", "one"]);
    const { outputId } = await repository.json(["model", "method", "run", "one", "sync"]);
    const text = "region=${{ model.one.resource.state.main.attributes.text }}";
    await repository.json(["model", "create", "@acme/thing", "other", "--global-arg", text]);
    const { id: vault } = await repository.json(["vault", "create", "@acme/safe", "v"]);
    await repository.json(["vault", "put", "v", "key=secret"]);
    return new Template(repository, { id, output: outputId, vault });
  }

  /** The same with everything that commands write in a datastore of an extension. */
  async elsewhere(): Promise<Template> {
    const repository = await this.copy("warm");
    await repository.json(["datastore", "setup", "extension", "@acme/store"]);
    return new Template(repository, this.ids);
  }

  /** Types that are `warm` are registered, those that are `cold` are not even that. */
  async copy(moment: "cold" | "warm"): Promise<CliRepository> {
    const repository = new CliRepository();
    await copy(this.repository.root, repository.root, { overwrite: true });
    if (moment === "cold") forget(repository, CATALOG);
    return repository;
  }

  /** Words or input of a trial with what stands for ids in them. */
  filled(text: string): string {
    return text.replace(/\{(\w+)\}/g, (whole, name) => this.ids[name] ?? whole);
  }

  [Symbol.dispose](): void {
    this.repository[Symbol.dispose]();
  }
}

/** What a command says in a copy of a template, without what differs from run to run. */
async function answer(
  template: Template,
  moment: "cold" | "warm",
  command: string,
  { words, stdin = "" }: Trial,
): Promise<Document> {
  using repository = await template.copy(moment);
  const args = [...command.split(" "), ...words].map((word) => template.filled(word));
  const { code, stdout, stderr } = await repository.run([...args, "--json"], {
    stdin: template.filled(stdin),
  });
  const text = stdout.replaceAll(repository.root, "<root>")
    .replaceAll(template.repository.root, "<root>")
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, "<id>")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.-]+Z/g, "<time>")
    .replaceAll(/"(duration|durationMs|latencyMs|size|\w*[bB]ytes\w*)": \d+/g, '"$1": 0')
    .replaceAll(/"(contentHash|checksum)": "\w+"/g, '"$1": ""');
  return { code, document: JSON.parse(text || "null"), stderr };
}

Deno.test("every command is known to load the types that it needs [B1 B2 B4 B5 B18 B19]", async (test) => {
  using template = await Template.create();
  using elsewhere = await template.elsewhere();
  const { root } = await template.repository.json(["help"]);
  const commands = commandsBelow(root).filter((words) => words !== "");
  const unknown = commands.filter((words) => !(words in COMMANDS));
  deepEqual(unknown, [], `COMMANDS does not say what ${unknown} have to do with types`);
  const gone = Object.keys(COMMANDS).filter((words) => !commands.includes(words));
  deepEqual(gone, [], `there are no ${gone} any more`);
  for (const [command, trials] of Object.entries(COMMANDS)) {
    if (trials === NO_TYPES) continue;
    for (const trial of trials) {
      const place = trial.elsewhere === true ? elsewhere : template;
      const where = trial.elsewhere === true ? " with a datastore of an extension" : "";
      await test.step([command, ...trial.words].join(" ") + where, async () => {
        const [cold, warm] = await Promise.all([
          answer(place, "cold", command, trial),
          answer(place, "warm", command, trial),
        ]);
        equal(cold.code, 0, JSON.stringify(cold));
        deepEqual(warm, cold);
        const text = JSON.stringify(warm.document);
        ok(text.includes(trial.shows ?? ""), `${trial.shows} in ${text}`);
      });
    }
  }
});
