import { deepEqual, equal } from "node:assert/strict";
import { onStrayFailure } from "../../../src/domain/stray_failures.ts";

/** Lets promises that nobody handles, and timers of 0 ms, be told. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 1));

Deno.test("rejections and failing timers are told, with what was thrown", async () => {
  const told: unknown[] = [];
  using _strays = onStrayFailure((error) => void told.push(error));
  Promise.reject("a rejection");
  setTimeout(() => {
    throw new TypeError("a timer");
  }, 0);
  await turn();
  await turn();
  deepEqual(told.map(String), ["a rejection", "TypeError: a timer"]);
});

Deno.test("the innermost handler is asked first, and passes on what is not its business", async () => {
  const told: string[] = [];
  const listen = (name: string, accepts: boolean) =>
    onStrayFailure(() => {
      told.push(name);
      return accepts;
    });
  using _outermost = listen("outermost", true);
  using _outer = listen("outer", true);
  using _inner = listen("inner", false);
  Promise.reject(new Error("x"));
  await turn();
  deepEqual(told, ["inner", "outer"]);
});

Deno.test("a handler that is disposed of is told nothing, the others still are", async () => {
  const told: string[] = [];
  const first = onStrayFailure(() => void told.push("first"));
  using _second = onStrayFailure(() => void told.push("second"));
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  Promise.reject(new Error("x"));
  await turn();
  deepEqual(told, ["second"]);
});

Deno.test("what nobody takes ends the process", async () => {
  const module = new URL("../../../src/domain/stray_failures.ts", import.meta.url).href;
  const program = `const { onStrayFailure } = await import("${module}");
    onStrayFailure(() => false);
    setTimeout(() => { throw new Error("mine"); }, 0);
    await new Promise((resolve) => setTimeout(resolve, 5000));`;
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", program],
    stderr: "null",
  }).output();
  equal(code, 1);
});
