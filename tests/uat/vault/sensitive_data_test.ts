import { deepEqual, equal, match } from "node:assert/strict";
import { isThere, start, until } from "../background_run.ts";
import { method, sourceOf } from "../model_source.ts";
import { createModel, dataContent, runArgs, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { unprivileged } from "../../integration/extensions/faults/privileges.ts";
import { type Repository, SWAMP_BIN } from "../swamp.ts";
import { converse, withMainVault } from "./vaults.ts";

const SECRET = 'hunter2-äöü "quoted"';

const LOGIN = sourceOf("@acme/login", {
  globalArguments: "z.object({ token: z.string().meta({ sensitive: true }), region: z.string() })" +
    ".partial()",
  resources: `{
    login: {
      schema: z.object({
        user: z.string(),
        password: z.any().meta({ sensitive: true }),
        ports: z.array(z.object({ pin: z.number().meta({ sensitive: true }) })).optional(),
      }),
      lifetime: "infinite",
      garbageCollection: 1,
    },
  }`,
  methods: `{
    ${
    method(
      "make",
      `await context.writeResource("login", "main", { user: "u", ...args });
       const { password } = await context.readResource("main");
       if (JSON.stringify(password) !== JSON.stringify(args.password)) throw new Error("lost");`,
      "z.object({ password: z.any(), ports: z.any().optional() })",
    )
  }
    ${
    method(
      "print",
      `const { password } = await context.readResource("main");
       const bytes = new TextEncoder().encode("by Deno " + password + "\\n");
       for (const stream of [Deno.stdout, Deno.stderr]) {
         for (let at = 0; at < bytes.length; at++) await stream.write(bytes.subarray(at, at + 1));
         stream.writeSync(bytes);
         const writer = stream.writable.getWriter();
         await writer.write(bytes);
         writer.releaseLock();
       }
       const { stdout, stderr } = (await import("node:process")).default;
       stdout.write("by Node " + password.slice(0, 5));
       stdout.write(password.slice(5) + "\\n");
       stderr.write("by Node " + password + "\\n");
       console.log("by console", password, { password });
       throw new Error("failed with " + password);`,
    )
  }
  }`,
});

/** A repository with the vault `main` and the model `web`, which keeps a login. */
async function withLogin(): Promise<Repository> {
  const { repository } = await withMainVault();
  repository.write("extensions/models/login.ts", LOGIN);
  await createModel(repository, "@acme/login", "web");
  return repository;
}

async function secretKeys(repository: Repository): Promise<string[]> {
  return (await succeeds(repository, ["vault", "list-keys", "main"])).secretKeys;
}

Deno.test("a sensitive field is a reference everywhere but in methods", async () => {
  using repository = await withLogin();
  const run = await runMethod(repository, "web", "make", {
    password: SECRET,
    ports: [{ pin: 1234 }],
  });
  const keys = await secretKeys(repository);
  const reference = (key: string) => `\${{ vault.get('main', '${key}') }}`;
  deepEqual(run.dataArtifacts[0].attributes, {
    user: "u",
    password: reference(keys.find((key) => key.startsWith("web-password-main-v1-"))!),
    ports: [{ pin: reference(keys.find((key) => key.startsWith("web-ports-0-pin-main-v1-"))!) }],
  });
  deepEqual(await dataContent(repository, "web", "main"), run.dataArtifacts[0].attributes);
  const log = Deno.readTextFileSync(run.logFile);
  match(log, /Stored sensitive field "password" in vault "main"/);
  equal(log.includes("hunter2"), false);
});

Deno.test("what a method prints in whatever way has no secret in it", async () => {
  using repository = await withLogin();
  await runMethod(repository, "web", "make", { password: SECRET });
  for (const mode of [["--json"], []]) {
    const { code, stdout, stderr } = await repository.run([...runArgs("web", "print"), ...mode]);
    equal(code, 1);
    equal((stdout + stderr).includes("hunter2"), false);
    const isJson = mode.length > 0;
    const printed = isJson ? stderr : stdout;
    const [byDeno, byNode] = [
      printed.match(/^by Deno \*\*\*$/gm),
      printed.match(/^by Node \*\*\*$/gm),
    ];
    deepEqual([byDeno?.length, byNode?.length], isJson ? [6, 2] : [3, 1]);
    match(printed, /^by console \*\*\* \{ password: .*\*\*\*/m);
    match(stderr, /failed with \*\*\*/);
    if (isJson) equal(JSON.parse(stdout).error, "failed with ***");
  }
});

Deno.test("on a terminal, Node's streams show no secret either", async () => {
  using repository = await withLogin();
  await runMethod(repository, "web", "make", { password: SECRET });
  const { text } = await converse(repository, "model method run web print", []);
  match(text, /by Node \*\*\*/);
  equal(text.includes("hunter2"), false);
});

Deno.test("the secrets of data that are collected or deleted go", async () => {
  using repository = await withLogin();
  await succeeds(repository, ["vault", "put", "main", "mine", "kept"]);
  for (const password of ["first", "second"]) {
    await runMethod(repository, "web", "make", { password });
  }
  equal((await succeeds(repository, ["data", "gc", "--dry-run"])).versionsDeleted, 1);
  equal((await secretKeys(repository)).length, 3);
  equal((await succeeds(repository, ["data", "gc"])).secretsDeleted, 1);
  match((await secretKeys(repository)).join(), /^mine,web-password-main-v2-/);
  equal((await succeeds(repository, ["model", "delete", "web", "-f"])).secretsDeleted, 1);
  deepEqual(await secretKeys(repository), ["mine"]);
});

Deno.test({
  name:
    "secrets stay while a folder of the model's data cannot be read: what is in it may need them",
  ignore: unprivileged() === undefined,
  fn: async () => {
    using repository = await withLogin();
    for (const password of ["first", "second"]) {
      await runMethod(repository, "web", "make", { password });
    }
    const { contentPath } = await succeeds(repository, ["data", "get", "web", "main"]);
    const locked = repository.path(contentPath, "../../..", "locked");
    Deno.mkdirSync(`${locked}/1`, { recursive: true });
    Deno.chmodSync(locked, 0o000);
    const [program, ...args] = [...unprivileged()!, SWAMP_BIN, "data", "gc", "--json"];
    const { stdout } = await new Deno.Command(program!, { args, cwd: repository.root }).output();
    Deno.chmodSync(locked, 0o700);
    const document = JSON.parse(new TextDecoder().decode(stdout));
    deepEqual([document.versionsDeleted, document.secretsDeleted], [1, undefined]);
    equal((await secretKeys(repository)).length, 2);
  },
});

Deno.test("a vault that models or data refer to is deleted only by force", async () => {
  using repository = await withLogin();
  await runMethod(repository, "web", "make", { password: SECRET });
  await createModel(repository, "@acme/login", "api", { token: "${{ vault.get(main, k) }}" });
  const failure = await fails(repository, ["vault", "delete", "main"]);
  deepEqual([failure.code, failure.models, failure.data], ["vault_in_use", ["api"], ["web/main"]]);
  equal(
    failure.error,
    "Vault 'main' is used by model(s): api and by stored data: web/main. " +
      "Use --force to delete it all the same.",
  );
  await succeeds(repository, ["vault", "delete", "main", "--force"]);
});

Deno.test("a secret does not get into a definition without a word", async () => {
  using repository = await withLogin();
  const text = (token: string) => `name: web\nversion: 1\nglobalArguments: { token: ${token} }\n`;
  const edit = ["model", "edit", "web"];
  const { code, error } = await fails(repository, edit, { stdin: text("s3cret-value") });
  equal(code, "literal_secret");
  match(error, /^Global argument "token" is sensitive .*models\/@acme\/login\/.*vault\.get\(/);
  await succeeds(repository, edit, { stdin: text('"${{ vault.get(main, k) }}"') });

  const create = ["model", "create", "@acme/login", "api", "--global-arg", "token=s3cret-value"];
  const created = await repository.run(create);
  equal(created.code, 0);
  match(created.stderr, /^warning: Global argument "token" is sensitive/m);
  const { warnings } = await succeeds(repository, ["model", "validate", "api"]);
  deepEqual(warnings.map(({ name }: { name: string }) => name), ["Secrets in plain text"]);
  equal(`${created.stderr}${JSON.stringify(warnings)}`.includes("s3cret-value"), false);
});

Deno.test("while a type is broken, an edit brings no new values", async () => {
  using repository = await withLogin();
  repository.write("extensions/models/login.ts", "export const model = {{;");
  const stdin = "name: web\nversion: 1\nglobalArguments: { region: eu }\n";
  const run = await repository.run(["model", "edit", "web", "--json"], { stdin });
  equal(run.code, 1);
  equal(run.json.code, "literal_secret");
});

/** A vault type that never answers, once it has left a file that says so. */
const SILENT = `export const vault = {
  type: "@acme/silent",
  name: "Silent",
  description: "Never answers",
  createProvider(name) {
    const never = () => {
      Deno.writeTextFileSync("asked", "");
      return new Promise((resolve) => setTimeout(resolve, 1_000_000));
    };
    return { getName: () => name, get: never, put: never, list: never, delete: never };
  },
};
`;

for (
  const [what, args] of [
    [
      "an expression waits for a secret",
      runArgs("web", "make", { password: "${{ vault.get(s, k) }}" }),
    ],
    ["a sensitive field is stored", runArgs("web", "make", { password: "x" })],
  ] as const
) {
  for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
    Deno.test(`${signal} ends a run in which ${what} and the vault never answers`, async () => {
      using repository = await withLogin();
      repository.write("extensions/vaults/silent.ts", SILENT);
      await succeeds(repository, ["vault", "create", "@acme/silent", "s"]);
      await succeeds(repository, ["vault", "delete", "main"]);
      const run = start(repository, [...args, "--json"]);
      await until("the vault is asked", () => isThere(repository.path("asked")));
      run.signal(signal);
      const { code: ended, stdout } = await run.end;
      const { error, status, modelId, logFile } = JSON.parse(stdout);
      deepEqual([ended, error, status], [code, "cancelled", "failed"]);
      const record = Deno.readTextFileSync(logFile.replace(/\.log$/, ".yaml"));
      match(record, /^status: failed$/m);
      match(record, /^ {2}message: cancelled$/m);
      equal(isThere(repository.path(".swamp/data/@acme/login", modelId, ".lock")), false);
      equal(isThere(repository.path(".swamp/data/@acme/login", modelId, "main")), false);
    });
  }
}
