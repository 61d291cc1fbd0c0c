import { equal, match } from "node:assert/strict";
import {
  createProgressBar,
  progressText,
  withProgressBar,
} from "../../../../src/cli/output/progress.ts";
import type { TextStream } from "../../../../src/cli/output/streams.ts";

class Terminal implements TextStream {
  text = "";
  readonly isTerminal = true;

  constructor(readonly columns: number | undefined = 80) {}

  write(text: string): void {
    this.text += text;
  }
}

Deno.test("a phase that counts has a bar, another only its name", () => {
  equal(progressText("indexing", { phase: "bundle" }), "indexing: bundle");
  equal(
    progressText("indexing", { phase: "index", done: 5, total: 20 }),
    "indexing: index [█████░░░░░░░░░░░░░░░] 5/20",
  );
  equal(
    progressText("indexing", { phase: "index", done: 20, total: 20 }),
    "indexing: index [████████████████████] 20/20",
  );
});

Deno.test("nothing to count is no bar", () => {
  equal(progressText("indexing", { phase: "index", done: 0, total: 0 }), "indexing: index");
});

Deno.test("work that ends before the delay is never shown", () => {
  const terminal = new Terminal();
  {
    using bar = createProgressBar(terminal, "indexing", 3_600_000);
    bar.show({ phase: "scan" });
  }
  equal(terminal.text, "");
});

Deno.test("work that takes longer is shown without further progress", async () => {
  const terminal = new Terminal();
  using bar = createProgressBar(terminal, "indexing", 1);
  bar.show({ phase: "scan" });
  while (terminal.text === "") await new Promise((resolve) => setTimeout(resolve, 1));
  match(terminal.text, /indexing: scan/);
});

Deno.test("the bar is erased when the work is done", () => {
  const terminal = new Terminal();
  {
    using bar = createProgressBar(terminal, "indexing", 0);
    bar.show({ phase: "scan" });
  }
  equal(terminal.text, "\rindexing: scan\x1b[K\r\x1b[K");
});

Deno.test("the bar never fills the last column, where it would wrap", () => {
  const terminal = new Terminal(12);
  using bar = createProgressBar(terminal, "indexing", 0);
  bar.show({ phase: "scan" });
  equal(terminal.text, "\rindexing: s\x1b[K");
});

Deno.test("other output gets the bar's line, and the next progress draws the bar again", () => {
  const [stdout, stderr] = [new Terminal(), new Terminal()];
  const streams = withProgressBar({ stdout, stderr }, 0);
  using bar = streams.startBar("indexing");
  bar.show({ phase: "scan" });
  stderr.text = "";
  streams.stderr.write("warning\n");
  equal(stderr.text, "\r\x1b[Kwarning\n");
  streams.stdout.write("text\n");
  equal(stdout.text, "text\n");
  equal(stderr.text, "\r\x1b[Kwarning\n");
  bar.show({ phase: "bundle" });
  equal(stderr.text, "\r\x1b[Kwarning\n\rindexing: bundle\x1b[K");
});
