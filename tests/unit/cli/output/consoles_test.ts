import { deepEqual, equal, throws } from "node:assert/strict";
import type { Console } from "../../../../src/cli/output/console.ts";
import { failureOf } from "../../../../src/cli/output/failure.ts";
import { createJsonConsole } from "../../../../src/cli/output/json_console.ts";
import { createLogConsole } from "../../../../src/cli/output/log_console.ts";
import type { TextStream } from "../../../../src/cli/output/streams.ts";
import { UserError } from "../../../../src/domain/errors.ts";
import type { LogLevel } from "../../../../src/domain/repository/settings.ts";

/** Remembers what was written to it. */
class Recorder implements TextStream {
  text = "";
  readonly isTerminal: boolean;
  readonly columns: number | undefined;

  constructor(isTerminal = false) {
    this.isTerminal = isTerminal;
    this.columns = isTerminal ? 80 : undefined;
  }

  write(text: string): void {
    this.text += text;
  }
}

interface Recorded {
  readonly console: Console;
  readonly stdout: Recorder;
  readonly stderr: Recorder;
}

function logConsole(
  { level = "info", color = false, terminal = false }: {
    level?: LogLevel;
    color?: boolean;
    terminal?: boolean;
  } = {},
): Recorded {
  const [stdout, stderr] = [new Recorder(terminal), new Recorder()];
  const streams = { stdout, stderr };
  const console = createLogConsole({ streams, level, color, interactive: terminal });
  return { console, stdout, stderr };
}

function jsonConsole({ quiet = false, stacks = false } = {}): Recorded {
  const [stdout, stderr] = [new Recorder(), new Recorder()];
  const console = createJsonConsole({ streams: { stdout, stderr }, quiet, stacks });
  return { console, stdout, stderr };
}

const mistake = new UserError("bad_thing", "One line.\nAnother.", {
  fields: { file: "a.yaml", hint: "Do this." },
});

Deno.test("people get the rendered text, machines the document", () => {
  const log = logConsole();
  log.console.result({ name: "web" }, ({ name }) => `Name: ${name}`);
  equal(log.stdout.text, "Name: web\n");
  const json = jsonConsole();
  json.console.result({ name: "web" }, () => "unused");
  equal(json.stdout.text, '{\n  "name": "web"\n}\n');
});

Deno.test("a document is printed at any log level", () => {
  const { console, stdout } = logConsole({ level: "fatal" });
  console.result({}, () => "text");
  equal(stdout.text, "text\n");
});

Deno.test("records up to info go to stdout, the others to stderr", () => {
  const { console, stdout, stderr } = logConsole({ level: "trace" });
  for (const level of ["trace", "debug", "info", "warning", "error", "fatal"] as const) {
    console.log(level, "a·b", "text");
  }
  const levels = (text: string) =>
    Array.from(text.matchAll(/\[(...)\] a·b: text\n/g), ([, tag]) => tag);
  deepEqual(levels(stdout.text), ["TRC", "DBG", "INF"]);
  deepEqual(levels(stderr.text), ["WRN", "ERR", "FTL"]);
});

Deno.test("records below the level are not shown", () => {
  const { console, stdout } = logConsole({ level: "info" });
  console.log("debug", "a", "text");
  equal(stdout.text, "");
});

Deno.test("JSON mode has no log records below fatal", () => {
  const { console, stdout, stderr } = jsonConsole();
  console.log("error", "a", "text");
  equal(stdout.text + stderr.text, "");
});

Deno.test("a fatal record is an error document on stderr in JSON mode", () => {
  const { console, stdout, stderr } = jsonConsole();
  console.log("fatal", "a", "text");
  equal(stdout.text, "");
  deepEqual(JSON.parse(stderr.text), { error: "text" });
});

Deno.test("colours go to terminals only, and only where they are allowed", () => {
  const styled = (console: Console) => console.style.red("x");
  equal(styled(logConsole({ color: true, terminal: true }).console), "\x1b[31mx\x1b[39m");
  equal(styled(logConsole({ color: true }).console), "x");
  equal(styled(logConsole({ terminal: true }).console), "x");
});

Deno.test("the width of a terminal is known, elsewhere there is none", () => {
  equal(logConsole({ terminal: true }).console.width, 80);
  equal(logConsole().console.width, undefined);
});

Deno.test("warnings and notices go to stderr in both modes", () => {
  for (const { console, stdout, stderr } of [logConsole(), jsonConsole()]) {
    console.warn("careful");
    console.notice("waiting");
    equal(stdout.text, "");
    deepEqual(stderr.text.match(/careful|waiting/g), ["careful", "waiting"]);
  }
});

Deno.test("who wants errors only gets neither warnings nor notices", () => {
  for (
    const { console, stderr } of [logConsole({ level: "error" }), jsonConsole({ quiet: true })]
  ) {
    console.warn("careful");
    console.notice("waiting");
    equal(stderr.text, "");
  }
});

Deno.test("people get a failure as plain lines on stderr", () => {
  const { console, stdout, stderr } = logConsole();
  console.fail(failureOf(mistake));
  equal(stdout.text, "");
  equal(stderr.text, "error: One line.\nAnother.\nDo this.\n");
});

Deno.test("control characters of a message cannot reach the terminal", () => {
  const { console, stderr } = logConsole();
  console.fail(failureOf(new UserError("bad", "a\x1b[2Jb\rc")));
  equal(stderr.text, "error: a␛[2Jb␍c\n");
});

Deno.test("machines get a failure as the same document on both streams", () => {
  const { console, stdout, stderr } = jsonConsole();
  console.fail(failureOf(mistake));
  equal(stdout.text, stderr.text);
  deepEqual(JSON.parse(stdout.text), {
    error: "One line.\nAnother.",
    code: "bad_thing",
    file: "a.yaml",
    hint: "Do this.",
  });
});

Deno.test("a failure after the result does not make a second document", () => {
  const { console, stdout, stderr } = jsonConsole();
  console.result({ name: "web" }, () => "");
  console.fail(failureOf(mistake));
  deepEqual(JSON.parse(stdout.text), { name: "web" });
  equal(JSON.parse(stderr.text).code, "bad_thing");
});

Deno.test("two results are a bug", () => {
  const { console } = jsonConsole();
  console.result({}, () => "");
  throws(() => console.result({}, () => ""), /two results/);
});

Deno.test("stacks are shown at debug level, causes included", () => {
  const failure = failureOf(new UserError("bad", "outside", { cause: new Error("inside") }));
  const log = logConsole({ level: "debug" });
  log.console.fail(failure);
  equal(/Caused by: Error: inside\n {4}at /.test(log.stderr.text), true);
  const json = jsonConsole({ stacks: true });
  json.console.fail(failure);
  equal(typeof JSON.parse(json.stdout.text).stack, "string");
});

Deno.test("what nobody expected is called a bug, what the system refuses is not", () => {
  const bug = failureOf(new TypeError("x is not a function"));
  equal(bug.code, "internal_error");
  equal(/bug in swamp/.test(bug.hint ?? ""), true);
  const system = failureOf(new Error("No space left on device (os error 28): write '/a'"));
  equal(system.code, "system_error");
  equal(system.hint, undefined);
});

Deno.test("whatever was thrown, there is a message", () => {
  equal(failureOf("text").message, "text");
  equal(failureOf(undefined).message, "undefined");
});

Deno.test("a user error keeps its exit code", () => {
  equal(failureOf(new UserError("locked", "x", { exitCode: 75 })).exitCode, 75);
  equal(failureOf(new Error("x")).exitCode, 1);
});
