import * as assert from "node:assert/strict";
import { Command } from "@cliffy/command";
import { CompletionsCommand, generateShellCompletions } from "@cliffy/command/completions";
import { runTool, TOOL_COMMAND } from "./command_line.ts";

const SHELLS = ["bash", "fish", "zsh"] as const;
type Shell = typeof SHELLS[number];

/** Whether a shell can be tried on this machine. */
function hasShell(shell: Shell): boolean {
  try {
    return new Deno.Command(shell, { args: ["-c", "true"] }).outputSync().success;
  } catch {
    return false;
  }
}

/** A text as one word of a POSIX shell. */
function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A folder with the program as `tool` on the path, its completion script and a data file. */
async function withTool(
  shell: Shell,
  body: (run: (script: string) => Promise<string>) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    // The shells get a home of their own; the program keeps the real one, where Deno's cache is.
    const command = TOOL_COMMAND.map(shellQuote).join(" ");
    const home = shellQuote(Deno.env.get("HOME") ?? "");
    const program = `#!/bin/sh\nHOME=${home} exec ${command} "$@"\n`;
    await Deno.mkdir(`${folder}/bin`);
    await Deno.writeTextFile(`${folder}/bin/tool`, program, { mode: 0o755 });
    await Deno.writeTextFile(`${folder}/data.txt`, "");
    await Deno.writeTextFile(`${folder}/script`, (await runTool(["completions", shell])).stdout);
    await body((script) => runShell(shell, folder, script));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function runShell(shell: Shell, folder: string, script: string): Promise<string> {
  const output = await new Deno.Command(shell, {
    args: ["-c", script],
    cwd: folder,
    // A shell that waits for an answer that does not come must not stop the tests.
    signal: AbortSignal.timeout(60_000),
    env: {
      PATH: `${folder}/bin:${Deno.env.get("PATH")}`,
      HOME: folder,
      XDG_CONFIG_HOME: folder,
      XDG_DATA_HOME: folder,
    },
  }).output();
  const decoder = new TextDecoder();
  assert.equal(decoder.decode(output.stderr), "");
  return decoder.decode(output.stdout);
}

/** Asks bash as readline does; the words are as bash splits them. */
function bashScript(lines: string[][]): string {
  const ask = (words: string[]) => `ask ${words.map(shellQuote).join(" ")}`;
  return `source ./script
spec=$(complete -p tool)
[[ $spec =~ -F\\ ([^ ]+) ]] && function=\${BASH_REMATCH[1]}
ask() {
  COMP_WORDS=(tool "$@") COMP_CWORD=$# COMP_LINE="tool $*" COMPREPLY=()
  COMP_POINT=\${#COMP_LINE}
  "$function" tool "\${COMP_WORDS[COMP_CWORD]}" "\${COMP_WORDS[COMP_CWORD-1]}"
  printf '%s\\t' "\${COMPREPLY[@]}"
  echo
}
${lines.map(ask).join("\n")}
`;
}

/** Asks fish what it would offer behind each line, without descriptions. */
function fishScript(lines: string[]): string {
  const ask = (line: string) =>
    `echo (complete -C '${line}' | string replace -r '\\t.*' '' | sort | string join \\t)`;
  return `source ./script\n${lines.map(ask).join("\n")}\n`;
}

function answers(output: string): string[][] {
  return output.trimEnd().split("\n").map((line) => line.split("\t").filter((each) => each !== ""));
}

Deno.test("the callback prints the candidates of an action, one a line", async () => {
  const models = await runTool(["completions", "complete", "model", "model", "get"]);
  assert.deepEqual([models.code, models.stderr], [0, ""]);
  assert.deepEqual(models.stdout.split("\n"), [
    "alpha",
    "beta one",
    "@x/y:z",
    "@x/y:w",
    "$(exit 1)",
  ]);
  const level = await runTool(["completions", "complete", "level"]);
  assert.deepEqual(level.stdout.split("\n"), ["info", "warning"]);
  const flag = await runTool(["completions", "complete", "boolean"]);
  assert.deepEqual(flag.stdout.split("\n"), ["true", "false"]);
});

Deno.test("the callback prints nothing for an action nobody knows", async () => {
  const { code, stdout } = await runTool(["completions", "complete", "string"]);
  assert.deepEqual([code, stdout], [0, ""]);
});

Deno.test("the callback wants an action", async () => {
  const { code, stderr } = await runTool(["completions", "complete"]);
  assert.deepEqual([code, stderr], [2, "  error: Missing argument(s): action\n\n"]);
});

Deno.test("completions without a shell prints help", async () => {
  const { code, stdout } = await runTool(["completions"]);
  assert.equal(code, 0);
  assert.match(stdout, /Generate shell completions\.\s/);
  for (const shell of SHELLS) assert.match(stdout, new RegExp(`\\n  ${shell} +- `));
});

Deno.test("completions take no global options", async () => {
  const { code, stderr } = await runTool(["completions", "bash", "--json"]);
  assert.equal(code, 2);
  assert.match(stderr, /Unknown option "--json"\./);
});

Deno.test("--name makes a script for another name", async () => {
  const { stdout } = await runTool(["completions", "bash", "--name", "other-tool"]);
  assert.match(stdout, /^complete .* '?other-tool'?$/m);
  assert.match(stdout, /other-tool'? completions complete/);
});

for (const shell of SHELLS) {
  Deno.test({
    name: `the ${shell} script is valid`,
    ignore: !hasShell(shell),
    fn: () =>
      withTool(shell, async (run) => {
        assert.equal(await run(`${shell} -n ./script && echo valid`), "valid\n");
      }),
  });
}

Deno.test("the script of a program can be made without its command", () => {
  const command = new Command().name("tool").command("sub").reset();
  assert.match(generateShellCompletions(command, "bash"), /complete .*tool/);
  assert.match(generateShellCompletions(command, "zsh", { name: "other" }), /#compdef other/);
  assert.throws(() => generateShellCompletions(new Command(), "fish"), /Missing main command name/);
});

Deno.test("names with quotes and colons do not break a script", async () => {
  const command = new Command().name("tool")
    .option("--it's", 'It\'s: [a] "test" \\ $(exit 1) `exit 1`')
    .command("a:b", "A 'quoted' \\ text: really.")
    .command("completions", new CompletionsCommand())
    .reset();
  for (const shell of SHELLS.filter(hasShell)) {
    const file = await Deno.makeTempFile();
    try {
      await Deno.writeTextFile(file, generateShellCompletions(command, shell));
      const { success, stderr } = await new Deno.Command(shell, { args: ["-n", file] }).output();
      assert.ok(success, new TextDecoder().decode(stderr));
    } finally {
      await Deno.remove(file);
    }
  }
});

Deno.test("bash completes commands, options and values", async () => {
  await withTool("bash", async (run) => {
    const [root, partial, model, options, level, value, inSub, nothing] = answers(
      await run(bashScript([
        [""],
        ["mo"],
        ["-q", "model", ""],
        ["model", "get", "--l"],
        ["--level", ""],
        ["model", "get", "al"],
        ["model", "rm", "alpha", "be"],
        ["sec"],
      ])),
    );
    assert.deepEqual(root, ["model", "fail", "crash", "completions"]);
    assert.deepEqual(partial, ["model"]);
    assert.deepEqual(model, ["get", "g", "rm"]);
    assert.deepEqual(options, ["--level", "--limit"]);
    assert.deepEqual(level, ["info", "warning"]);
    assert.deepEqual(value, ["alpha"]);
    assert.deepEqual(inSub, ["beta\\ one"]);
    assert.deepEqual(nothing, undefined);
  });
});

Deno.test("bash completes values behind = and after a colon", async () => {
  await withTool("bash", async (run) => {
    const [equals, partly, colon, second] = answers(
      await run(bashScript([
        ["--level", "=", ""],
        ["--level", "=", "w"],
        ["model", "get", "@x/y", ":", "w"],
        ["model", "get", "--pair", "info", "al"],
      ])),
    );
    assert.deepEqual(equals, ["info", "warning"]);
    assert.deepEqual(partly, ["warning"]);
    assert.deepEqual(colon, ["w"]);
    assert.deepEqual(second, ["alpha"]);
  });
});

Deno.test("bash does not run what a candidate says", async () => {
  await withTool("bash", async (run) => {
    const [all] = answers(await run(bashScript([["model", "get", "$("]])));
    assert.deepEqual(all, ["\\$\\(exit\\ 1\\)"]);
  });
});

Deno.test({
  name: "fish completes commands, options and values",
  ignore: !hasShell("fish"),
  fn: () =>
    withTool("fish", async (run) => {
      const [root, model, options, level, equals, value, second, file] = answers(
        await run(fishScript([
          "tool ",
          "tool -q model ",
          "tool model get --l",
          "tool --level ",
          "tool --level=w",
          "tool model get al",
          "tool model get --pair info al",
          "tool model get --dir da",
        ])),
      );
      assert.deepEqual(root, ["completions", "crash", "fail", "model"]);
      assert.deepEqual(model, ["g", "get", "rm"]);
      assert.deepEqual(options, ["--level", "--limit"]);
      assert.deepEqual(level, ["info", "warning"]);
      assert.deepEqual(equals, ["--level=warning"]);
      assert.deepEqual(value, ["alpha"]);
      assert.deepEqual(second, ["alpha"]);
      assert.deepEqual(file, ["data.txt"]);
    }),
});

/**
 * Types each line into an interactive zsh, presses Tab and waits for a text to appear; prints the
 * lines for which it appeared.
 */
function zshScript(lines: Array<[line: string, appears: string]>): string {
  const ask = ([line, appears]: [string, string]) =>
    `zpty -w -n shell $'${line}\\t\\t'
zpty -r shell seen '*${appears}*' && echo '${line}'
zpty -w -n shell $'\\x15'`;
  return `zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'autoload -Uz compinit; compinit -u -D; source ./script; echo rea""dy'
zpty -r shell seen '*ready*'
${lines.map(ask).join("\n")}
zpty -d shell
`;
}

Deno.test({
  name: "zsh completes commands, options and values",
  ignore: !hasShell("zsh"),
  fn: () =>
    withTool("zsh", async (run) => {
      const lines: Array<[string, string]> = [
        ["tool mo", "tool model"],
        ["tool model r", "tool model rm"],
        ["tool model get --lim", "tool model get --limit"],
        ["tool --level=w", "tool --level=warning"],
        ["tool -q model get al", "tool -q model get alpha"],
        ["tool model get --dir da", "tool model get --dir data.txt"],
      ];
      const output = await run(zshScript(lines));
      assert.deepEqual(output.trimEnd().split("\n"), lines.map(([line]) => line));
    }),
});
