import { equal } from "node:assert/strict";
import { holdable } from "../../../../src/cli/output/held_streams.ts";

/** Streams that write to one text, each line marked with its stream. */
function recorded() {
  const written: string[] = [];
  const stream = (name: string) => ({
    write: (text: string) => void written.push(`${name}:${text}`),
    isTerminal: true,
    columns: 80,
  });
  return { written, streams: holdable({ stdout: stream("out"), stderr: stream("err") }) };
}

Deno.test("what is written while streams are held follows in its order", () => {
  const { written, streams } = recorded();
  {
    using _held = streams.hold();
    streams.stderr.write("a");
    streams.stdout.write("b");
    equal(written.join(), "");
  }
  streams.stdout.write("c");
  equal(written.join(), "err:a,out:b,out:c");
});

Deno.test("streams that two hold are held until both have let go", () => {
  const { written, streams } = recorded();
  const first = streams.hold();
  const second = streams.hold();
  streams.stdout.write("a");
  first[Symbol.dispose]();
  equal(written.join(), "");
  second[Symbol.dispose]();
  equal(written.join(), "out:a");
});

Deno.test("a complaint that is repeated while streams are held is told once", () => {
  const { written, streams } = recorded();
  {
    using _held = streams.hold();
    streams.stderr.write("damaged");
    streams.stderr.write("damaged");
    streams.stdout.write("same");
    streams.stdout.write("same");
  }
  equal(written.join(), "err:damaged,out:same,out:same");
});
