import { deepEqual, equal, match, ok } from "node:assert/strict";
import { dirname, join } from "@std/path";
import { isThere, start, until } from "../background_run.ts";
import { createModel, dataContent, runArgs, runMethod } from "../models.ts";
import { complains, fails, succeeds } from "../outcomes.ts";
import { unprivileged } from "../../integration/extensions/faults/privileges.ts";
import { Repository, SWAMP_BIN } from "../swamp.ts";
import { filesBelow, Folder, StoreElsewhere } from "./datastores.ts";

/** What may be in `.swamp` although data are kept elsewhere: caches, none of them data. */
const LOCAL =
  /^(?:_definition_index\.jsonl|_extension_\S+|_data_catalog-[\da-f]{8}\.db|bundles\/.*)$/;

function strangers(repository: Repository): string[] {
  return filesBelow(repository.path(".swamp")).filter((path) => !LOCAL.test(path));
}

Deno.test("everything works with data elsewhere, and nothing of them appears in .swamp", async (test) => {
  using elsewhere = await StoreElsewhere.create();
  const { repository, store } = elsewhere;
  const step = (what: string, work: () => Promise<void>) =>
    test.step(what, async () => {
      await work();
      deepEqual(strangers(repository), []);
    });
  const { id } = await createModel(repository, "command/shell", "sh");
  const name = `outputs/command/shell/execute/${id}-`;

  await step("runs, their records and their logs", async () => {
    const run = await runMethod(repository, "sh", "execute", { run: "echo one" });
    ok(run.logFile.startsWith(join(store.path, name)), run.logFile);
    ok(run.dataArtifacts[0].path.startsWith(join(store.path, "data/command/shell", id)));
    const { logFile } = await succeeds(repository, ["model", "output", "get", "sh"]);
    equal(logFile, run.logFile);
    const { lines } = await succeeds(repository, ["model", "method", "history", "logs", "sh"]);
    ok(lines.length > 0);
    const { results } = await succeeds(repository, ["model", "output", "search"]);
    equal(results.length, 1);
  });
  await step("data: get, list, versions, query, search, rename", async () => {
    await runMethod(repository, "sh", "execute", { run: "echo two" });
    const { contentPath } = await succeeds(repository, ["data", "get", "sh", "result"]);
    equal(contentPath, join(store.path, "data/command/shell", id, "result/2/raw"));
    equal((await dataContent(repository, "sh", "result", 1)).stdout, "one");
    const { results } = await succeeds(repository, [
      "data",
      "query",
      'attributes.stdout == "two"',
    ]);
    equal(results.length, 1);
    ok(filesBelow(repository.path(".swamp")).some((path) => path.startsWith("_data_catalog-")));
    equal((await succeeds(repository, ["data", "versions", "sh", "result"])).versions.length, 2);
    ok((await succeeds(repository, ["data", "search", "log"])).results.length > 0);
    await succeeds(repository, ["data", "rename", "sh", "log", "journal"]);
    const { groups } = await succeeds(repository, ["data", "list", "sh"]);
    ok(JSON.stringify(groups).includes("journal"));
  });
  await step("expressions and evaluated definitions", async () => {
    const reader = crypto.randomUUID();
    repository.write(
      `models/command/shell/${reader}.yaml`,
      `type: command/shell\nid: ${reader}\nname: reader\nversion: 1\nmethods:\n  execute:\n` +
        "    arguments:\n      run: \"echo ${{ data.latest('sh', 'result').attributes.stdout }}\"\n",
    );
    await runMethod(repository, "reader", "execute");
    equal((await dataContent(repository, "reader", "result")).stdout, "two");
    ok(store.files("definitions-evaluated").length >= 2);
  });
  await step("secrets", async () => {
    await succeeds(repository, ["vault", "create", "local_encryption", "main"]);
    await succeeds(repository, ["vault", "put", "main", "key", "s3cret"]);
    deepEqual(store.files("secrets"), [
      "local_encryption/main/.key",
      "local_encryption/main/key.enc",
    ]);
    const { secretKeys } = await succeeds(repository, ["vault", "list-keys", "main"]);
    deepEqual(secretKeys, ["key"]);
  });
  await step("gc, summarise", async () => {
    await succeeds(repository, ["data", "gc", "--force"]);
    await succeeds(repository, ["summarise"]);
  });
  await step("deleting a model", async () => {
    await succeeds(repository, ["model", "delete", "sh", "--force"]);
    deepEqual(store.files().filter((path) => path.includes(id)), []);
  });
});

Deno.test("SWAMP_DATASTORE beats .swamp.yaml, with ~ and variables", async () => {
  using elsewhere = await StoreElsewhere.create();
  using other = new Folder();
  const { repository, store } = elsewhere;
  await createModel(repository, "command/shell", "sh");
  const spellings = [
    [{ SWAMP_DATASTORE: `filesystem:${other.path}/plain` }, "plain"],
    [{ SWAMP_DATASTORE: "filesystem:~/home", HOME: other.path }, "home"],
    [{ SWAMP_DATASTORE: "filesystem:$PLACE/bare", PLACE: other.path }, "bare"],
    [{ SWAMP_DATASTORE: "filesystem:${PLACE}/braced", PLACE: other.path }, "braced"],
  ] as const;
  for (const [env, folder] of spellings) {
    // With another home the runtime may have something to say on stderr.
    const { code, stderr } = await repository.run(runArgs("sh", "execute", { run: "true" }), {
      env,
    });
    equal(code, 0, stderr);
    ok(other.files(`${folder}/outputs`).length > 0, folder);
  }
  deepEqual(store.files(), []);
});

Deno.test("a relative path begins at the repository, and paths inside of it are shown as relative", async () => {
  using repository = await Repository.create();
  await createModel(repository, "command/shell", "sh");
  const env = { SWAMP_DATASTORE: "filesystem:runtime" };
  const options = { env, cwd: repository.path("models") };
  await succeeds(repository, runArgs("sh", "execute", { run: "true" }), options);
  const { contentPath } = await succeeds(repository, ["data", "get", "sh", "result"], options);
  match(contentPath, /^runtime\/data\/command\/shell\/.*\/raw$/);
  const { logFile } = await succeeds(repository, ["model", "output", "get", "sh"], options);
  match(logFile, /^runtime\/outputs\//);
});

Deno.test("directories and exclude choose what is kept elsewhere", async () => {
  using elsewhere = await StoreElsewhere.create();
  const { repository, store } = elsewhere;
  elsewhere.configure(
    `  type: filesystem\n  path: ${store.path}\n` +
      "  directories: [data, outputs, secrets]\n  exclude: ['secrets/**']\n",
  );
  await createModel(repository, "command/shell", "sh");
  await runMethod(repository, "sh", "execute", { run: "true" });
  await succeeds(repository, ["vault", "create", "local_encryption", "main"]);
  await succeeds(repository, ["vault", "put", "main", "key", "s3cret"]);
  const folders = (paths: string[]) => [...new Set(paths.map((path) => path.split("/")[0]))];
  deepEqual(folders(store.files()), ["data", "outputs"]);
  deepEqual(folders(strangers(repository)), ["definitions-evaluated", "secrets"]);
  const { directories } = await succeeds(repository, ["datastore", "status"]);
  deepEqual(directories, ["data", "outputs"]);
});

Deno.test("a name in directories or exclude that no folder has is told", async () => {
  using elsewhere = await StoreElsewhere.create();
  const { repository, store } = elsewhere;
  elsewhere.configure(
    `  type: filesystem\n  path: ${store.path}\n  directories: [data, bundles, dat]\n`,
  );
  const { code, stderr } = await repository.run(["model", "search", "--json"]);
  equal(code, 0);
  match(stderr, /datastore in \.swamp\.yaml: no folder is called dat, so that has no effect/);
});

Deno.test("a folder that does not exist is made by the first write, not by reading", async () => {
  using elsewhere = await StoreElsewhere.create();
  const { repository, store } = elsewhere;
  const place = join(store.path, "not/yet");
  elsewhere.configure(`  type: filesystem\n  path: ${place}\n`);
  for (
    const args of [
      ["model", "search"],
      ["data", "query", "true"],
      ["model", "output", "search"],
      ["vault", "search"],
      ["summarise"],
      ["datastore", "status"],
      ["datastore", "lock", "status"],
      ["data", "gc", "--dry-run"],
    ]
  ) {
    await succeeds(repository, args);
    ok(!isThere(dirname(place)), args.join(" "));
  }
  await createModel(repository, "command/shell", "sh");
  ok(isThere(place));
});

Deno.test("locks lie in the datastore", async () => {
  using elsewhere = await StoreElsewhere.create();
  const { repository, store } = elsewhere;
  const { id } = await createModel(repository, "command/shell", "sh");
  const lock = join(store.path, "data/command/shell", id, ".lock");
  const run = start(repository, [
    "model",
    "method",
    "run",
    "sh",
    "execute",
    "--input",
    "run=sleep 30",
  ]);
  await until("the run has its lock", () => isThere(lock));
  const { models } = await succeeds(repository, ["datastore", "lock", "status"]);
  deepEqual(models.map(({ model }: { model: string }) => model), [`command/shell/${id}`]);
  run.signal("SIGINT");
  equal((await run.end).code, 130);
  ok(!isThere(lock));
  deepEqual(strangers(repository), []);
});

Deno.test("a vault whose base_dir is the repository keeps its secrets in the datastore, too", async () => {
  using elsewhere = await StoreElsewhere.create();
  const { repository, store } = elsewhere;
  const config = JSON.stringify({ auto_generate: true, base_dir: repository.root });
  await succeeds(repository, ["vault", "create", "local_encryption", "main", "--config", config]);
  await succeeds(repository, ["vault", "put", "main", "key", "s3cret"]);
  ok(store.files("secrets").includes("local_encryption/main/key.enc"));
  deepEqual(strangers(repository), []);
});

Deno.test("a folder that cannot be reached says why", async () => {
  using elsewhere = await StoreElsewhere.create();
  const { repository, store } = elsewhere;
  Deno.symlinkSync("loop", join(store.path, "loop"));
  const env = { SWAMP_DATASTORE: `filesystem:${store.path}/loop/x` };
  const { error } = await fails(repository, ["model", "search"], { env });
  match(error, new RegExp(`^Cannot access datastore at ${store.path}/loop/x: .+`));
});

Deno.test({
  name: "a folder that cannot be made says so as soon as something is written",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    using repository = await Repository.create();
    const env = { SWAMP_DATASTORE: "filesystem:/proc/nope/x" };
    deepEqual((await succeeds(repository, ["data", "search"], { env })).results, []);
    const { code, json } = await repository.run(
      ["model", "create", "command/shell", "sh", "--json"],
      { env },
    );
    equal(code, 1);
    match(json.error, /^Cannot access datastore at \/proc\/nope\/x: No such file or directory/);
  },
});

for (const mode of [0o000, 0o600, 0o300]) {
  Deno.test({
    name: `a folder with the permissions ${mode.toString(8)} says that it cannot be accessed`,
    ignore: unprivileged() === undefined,
    fn: async () => {
      using elsewhere = await StoreElsewhere.create();
      const { repository, store } = elsewhere;
      const [command, ...args] = [...unprivileged()!, SWAMP_BIN, "data", "search", "--json"];
      Deno.chmodSync(store.path, mode);
      try {
        const { code, stdout } = await new Deno.Command(command!, { args, cwd: repository.root })
          .output();
        equal(code, 1);
        const { error } = JSON.parse(new TextDecoder().decode(stdout));
        ok(error.startsWith(`Cannot access datastore at ${store.path}: Permission denied`), error);
      } finally {
        Deno.chmodSync(store.path, 0o700);
      }
    },
  });
}

Deno.test("two checkouts that share a folder see the data of each other", async () => {
  using elsewhere = await StoreElsewhere.create();
  using other = await Repository.create();
  const { repository, store } = elsewhere;
  const { id, path } = await createModel(repository, "command/shell", "sh");
  await runMethod(repository, "sh", "execute", { run: "echo shared" });
  other.write(`models/command/shell/${id}.yaml`, Deno.readTextFileSync(path));
  const env = { SWAMP_DATASTORE: `filesystem:${store.path}` };
  const { content } = await succeeds(other, ["data", "get", "sh", "result"], { env });
  equal(content.stdout, "shared");
  const { results } = await succeeds(other, ["data", "query", "true"], { env });
  ok(results.length > 0);
});

/** What is wrong with a datastore, and what is said about it. */
const REFUSALS: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  [
    "a text that names no type",
    { SWAMP_DATASTORE: "foo" },
    'Invalid SWAMP_DATASTORE format: "foo". Expected "filesystem:/path/to/dir" or "@scope/type:{...}".',
  ],
  [
    "an unknown type",
    { SWAMP_DATASTORE: "bar:{}" },
    'Unknown datastore type: "bar". Available types: filesystem',
  ],
  [
    "an unset variable",
    { SWAMP_DATASTORE: "filesystem:$NOPE/x" },
    'Environment variable "NOPE" is not set or empty (referenced in path "$NOPE/x")',
  ],
  [
    "a home that nobody knows",
    { SWAMP_DATASTORE: "filesystem:~/x", HOME: "", USERPROFILE: "" },
    'Cannot expand "~" in path "~/x": neither HOME nor USERPROFILE is set',
  ],
  [
    "a file",
    { SWAMP_DATASTORE: "filesystem:.swamp.yaml" },
    "Datastore path is not a directory: <repo>/.swamp.yaml",
  ],
];

for (const [what, env, message] of REFUSALS) {
  Deno.test(`SWAMP_DATASTORE with ${what} is refused by every command that needs it`, async () => {
    using repository = await Repository.create();
    for (const args of [["model", "search"], ["data", "query", "true"], ["summarise"]]) {
      const { error } = await fails(repository, args, { env });
      equal(error, message.replace("<repo>", repository.root));
    }
    await succeeds(repository, ["model", "type", "search"], { env });
    await succeeds(repository, ["doctor", "extensions"], { env });
  });
}

for (
  const [what, lines, message] of [
    [
      "a type that is not there",
      "  type: nope\n",
      /^Unknown datastore type "nope" in \.swamp\.yaml\. Available types: filesystem$/,
    ],
    [
      "no path",
      "  type: filesystem\n",
      /^Filesystem datastore config in \.swamp\.yaml requires a 'path' field\.$/,
    ],
    ["no type", "  path: x\n", /^The datastore in \.swamp\.yaml requires a 'type' field\.$/],
    ["a wrong shape", "  type: filesystem\n  path: 7\n", /datastore\.path must be a string, not 7/],
  ] as const
) {
  Deno.test(`a datastore in .swamp.yaml with ${what} is refused`, async () => {
    using elsewhere = await StoreElsewhere.create();
    elsewhere.configure(lines);
    const { error } = await fails(elsewhere.repository, ["model", "search"]);
    match(error, message);
  });
}

Deno.test("people read one line about a datastore that cannot be used", async () => {
  using repository = await Repository.create();
  const env = { SWAMP_DATASTORE: "foo" };
  match(
    await complains(repository, ["model", "search"], { env }),
    /^error: Invalid SWAMP_DATASTORE/,
  );
});
