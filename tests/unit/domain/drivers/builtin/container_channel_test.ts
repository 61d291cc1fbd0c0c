import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { base64 } from "../../../../../src/domain/drivers/builtin/container/channel.ts";
import { ContainerChannel } from "../../../../../src/domain/drivers/builtin/container_channel.ts";

/** A channel, and what it logs as `level line`. */
function listen(): { channel: ContainerChannel; logged: string[] } {
  const logged: string[] = [];
  return {
    channel: new ContainerChannel((line, level) => logged.push(`${level} ${line}`)),
    logged,
  };
}

const RESULT = { resources: [{ specName: "state", name: "main", data: { é: 1 } }], files: [] };

/** A result as the container writes it, in pieces of a few characters. */
function pieces(channel: ContainerChannel, length = 7): string[] {
  const text = base64(new TextEncoder().encode(JSON.stringify(RESULT)));
  const parts = text.match(new RegExp(`.{1,${length}}`, "g")) ?? [];
  return [...parts.map((part) => `${channel.name}:${part}`), `${channel.name}!${parts.length}`];
}

Deno.test("a result is put together from its pieces", () => {
  const { channel, logged } = listen();
  for (const line of pieces(channel)) channel.take("stdout", line);
  deepEqual(channel.result(), RESULT);
  deepEqual(logged, []);
});

Deno.test("what a method prints is told from the result, wherever it gets in between", () =>
  fc.assert(fc.property(
    fc.array(fc.string({ minLength: 1 }).filter((line) => !line.includes("\n"))),
    fc.nat(),
    (printed, place) => {
      const { channel, logged } = listen();
      const told = pieces(channel);
      const lines = told.toSpliced(place % told.length, 0, ...printed);
      for (const line of lines) channel.take("stdout", line);
      deepEqual(channel.result(), RESULT);
      deepEqual(logged, printed.map((line) => `info ${line}`));
    },
  )));

Deno.test("a line that the method did not finish is output, what follows it counts", () => {
  const { channel, logged } = listen();
  const [first = "", ...others] = pieces(channel);
  channel.take("stdout", `half a line${first}`);
  for (const line of others) channel.take("stdout", line);
  deepEqual(channel.result(), RESULT);
  deepEqual(logged, ["info half a line"]);
});

Deno.test("a result with a part missing is none", () => {
  const { channel } = listen();
  for (const line of pieces(channel).slice(1)) channel.take("stdout", line);
  equal(channel.result(), undefined);
});

Deno.test("what was printed is told without what was meant for swamp", () => {
  const { channel } = listen();
  equal(channel.outputOf(`one\n${channel.name} {"level":"info"}\ntwo`), "one\ntwo");
});

Deno.test("without a result there is none, whatever was printed", () => {
  const { channel } = listen();
  channel.take("stdout", JSON.stringify(RESULT));
  equal(channel.result(), undefined);
});

Deno.test("records of the log keep their level and their lines", () => {
  const { channel, logged } = listen();
  channel.take("stderr", `${channel.name} {"level":"error","message":"one\\ntwo"}`);
  channel.take("stderr", "plain");
  channel.take("stderr", `${channel.name} {"level":"lo`);
  deepEqual(logged, ["error one\ntwo", "info plain", 'info  {"level":"lo']);
});

Deno.test("bytes of any length survive base64", () =>
  fc.assert(fc.property(fc.uint8Array({ maxLength: 10_000 }), (bytes) => {
    deepEqual(Uint8Array.fromBase64(base64(bytes)), bytes);
  })));
