import { deepEqual, equal, match } from "node:assert/strict";
import { isThere } from "./background_run.ts";
import { modelSource } from "./extension_sources.ts";
import { createModel, runMethod } from "./models.ts";
import { Repository, swamp, SWAMP_BIN } from "./swamp.ts";

for (const shell of ["bash", "zsh", "fish"]) {
  Deno.test(`completions ${shell} prints a script that calls swamp back`, async () => {
    const { code, stdout, stderr } = await swamp(["completions", shell], { cwd: "/" });
    equal(code, 0);
    equal(stderr, "");
    match(stdout, /completions complete/);
    const named = await swamp(["completions", shell, "--name", "sw"], { cwd: "/" });
    match(named.stdout, /\bsw\b/);
  });
}

/** What bash offers for the last of some words, with swamp in the PATH. */
async function offered(repository: Repository, words: readonly string[]): Promise<string[]> {
  const script = repository.write(
    "completions.bash",
    (await swamp(["completions", "bash"])).stdout,
  );
  const tools = repository.path("tools");
  Deno.mkdirSync(tools, { recursive: true });
  if (!isThere(`${tools}/swamp`)) Deno.symlinkSync(SWAMP_BIN, `${tools}/swamp`);
  const { stdout } = await new Deno.Command("bash", {
    args: [
      "-c",
      `source "$1"; shift
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=\${#COMP_LINE}
      function=$(complete -p swamp); function=\${function#*-F }; function=\${function%% *}
      "$function" swamp "\${COMP_WORDS[COMP_CWORD]}" "\${COMP_WORDS[COMP_CWORD-1]}"
      printf '%s\\n' "\${COMPREPLY[@]}"`,
      "bash",
      script,
      ...words,
    ],
    cwd: repository.root,
    env: { PATH: `${tools}:${Deno.env.get("PATH")}` },
  }).output();
  return new TextDecoder().decode(stdout).split("\n").map((line) => line.trim())
    .filter((line) => line !== "").sort();
}

Deno.test("bash completes commands, models, methods and data", async () => {
  using repository = await Repository.create();
  await createModel(repository, "command/shell", "web");
  await createModel(repository, "command/shell", "worker");
  const { outputId } = await runMethod(repository, "web", "execute", { run: "true" });
  const words = (line: string) => offered(repository, line.split(" "));
  deepEqual(await words("swamp model val"), ["validate"]);
  deepEqual(await words("swamp model get "), ["web", "worker"]);
  deepEqual(await words("swamp model get wo"), ["worker"]);
  deepEqual(await words("swamp model method run web "), ["execute"]);
  deepEqual(await words("swamp data get web r"), [
    ...["report-swamp-method-summary", "report-swamp-method-summary-json", "result"],
  ]);
  deepEqual(await words(`swamp model output get ${outputId.slice(0, 4)}`), [outputId]);
  deepEqual(await words("swamp model create com"), ["command/shell"]);
  deepEqual(await words("swamp model method run web execute --driver "), ["docker", "raw"]);
  deepEqual(await words("swamp data search --model wo"), ["worker"]);
  deepEqual(await words("swamp report type describe @swamp/m"), ["@swamp/method-summary"]);
});

Deno.test("without a shell there is help, an unknown shell is an unknown command", async () => {
  const help = await swamp(["completions"]);
  equal(help.code, 0);
  match(help.stdout, /Usage:/);
  equal((await swamp(["completions", "tcsh"])).code, 2);
});

Deno.test("names of models, types, methods and data are completed, one a line", async () => {
  using repository = await Repository.create();
  repository.write("extensions/models/thing.ts", modelSource("@acme/thing"));
  await createModel(repository, "@acme/thing", "t1", { region: "eu" });
  await createModel(repository, "command/shell", "sh");
  await runMethod(repository, "t1", "sync");
  const complete = async (...words: string[]) => {
    const { code, stdout, stderr } = await repository.run(["completions", "complete", ...words]);
    equal(code, 0, stderr);
    equal(stderr, "");
    return stdout.split("\n").filter((line) => line !== "").sort();
  };
  deepEqual(await complete("model_name"), ["sh", "t1"]);
  deepEqual(await complete("model_type"), ["@acme/thing", "command/shell"]);
  deepEqual(await complete("workflow_name"), []);
});

Deno.test("the repository that --repo-dir names is asked", async () => {
  using repository = await Repository.create();
  await createModel(repository, "command/shell", "web");
  const { stdout } = await swamp(
    ["completions", "complete", "model_name", "--repo-dir", repository.root],
    { cwd: "/" },
  );
  equal(stdout, "web\n");
});

Deno.test("outside of a repository nothing is completed, and nothing is said", async () => {
  for (const action of ["model_name", "workflow_name"]) {
    const { code, stdout, stderr } = await swamp(["completions", "complete", action], { cwd: "/" });
    deepEqual([code, stdout.trim(), stderr], [0, "", ""]);
  }
});

Deno.test("a model name that breaks lines cannot be completed into a command", async () => {
  using repository = await Repository.create();
  repository.write(
    "models/odd.yaml",
    `type: command/shell\nid: ${crypto.randomUUID()}\nname: "a\\nrm -rf"\nversion: 1\n`,
  );
  const { stdout } = await repository.run(["completions", "complete", "model_name"]);
  equal(stdout.split("\n").includes("rm -rf"), false);
});
