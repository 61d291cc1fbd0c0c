import * as assert from "node:assert/strict";
import { Command } from "@cliffy/command";
import fc from "fast-check";

/** Texts that are a value and not nothing. */
const value = fc.string({ minLength: 1 });
/** Texts that cannot be taken for an option or for nothing. */
const word = fc.stringMatching(/^[a-z][a-z0-9 =-]{0,8}$/);

async function parse(command: Command, words: string[]): Promise<unknown> {
  const { options, args, literal } = await command.throwErrors().parse(words);
  return { options, args, literal };
}

Deno.test("--key=value, --key value, -k=value and -k value are the same", async () => {
  const command = () => new Command().option("-k, --key <key:string>", "");
  await fc.assert(fc.asyncProperty(value, async (text) => {
    const expected = { options: { key: text }, args: [], literal: [] };
    assert.deepEqual(await parse(command(), [`--key=${text}`]), expected);
    assert.deepEqual(await parse(command(), ["--key", text]), expected);
    assert.deepEqual(await parse(command(), [`-k=${text}`]), expected);
    assert.deepEqual(await parse(command(), ["-k", text]), expected);
  }));
});

Deno.test("the place and the order of global options do not matter", async () => {
  const command = () =>
    new Command()
      .globalOption("--json", "")
      .globalOption("-q, --quiet", "")
      .globalOption("--level <level:string>", "")
      .command("group", new Command().command("leaf <name:string>").reset())
      .reset();
  const flags = fc.shuffledSubarray([["--json"], ["-q"], ["--level", "x"]]);
  const places = fc.array(fc.nat({ max: 3 }), { minLength: 3, maxLength: 3 });
  await fc.assert(fc.asyncProperty(flags, places, async (given, at) => {
    const slots: string[][] = [[], [], [], []];
    given.forEach((words, index) => slots[at[index]!]!.push(...words));
    const line = (parts: string[][]) =>
      [parts[0]!, ["group"], parts[1]!, ["leaf"], parts[2]!, ["name"], parts[3]!].flat();
    const inFront = [given.toSorted().flat(), [], [], []];
    assert.deepEqual(await parse(command(), line(slots)), await parse(command(), line(inFront)));
  }));
});

Deno.test("options may stand anywhere between arguments", async () => {
  const command = () => new Command().option("--flag", "").arguments("[words...:string]");
  await fc.assert(fc.asyncProperty(fc.array(word), fc.nat(), async (words, place) => {
    const at = place % (words.length + 1);
    const line = [...words.slice(0, at), "--flag", ...words.slice(at)];
    const expected = { options: { flag: true }, args: words, literal: [] };
    assert.deepEqual(await parse(command(), line), expected);
  }));
});

Deno.test("what follows -- is literal, word for word", async () => {
  const command = () => new Command().option("--flag", "").arguments("[words...:string]");
  await fc.assert(fc.asyncProperty(fc.array(word), fc.array(fc.string()), async (words, rest) => {
    const expected = { options: {}, args: words, literal: rest };
    assert.deepEqual(await parse(command(), [...words, "--", ...rest]), expected);
  }));
});

Deno.test("combined short flags are those flags one by one", async () => {
  const letters = ["a", "b", "c", "d"];
  const command = () =>
    letters.reduce<Command>((each, letter) => each.option(`-${letter}`, ""), new Command());
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(letters, { minLength: 1 }), async (given) => {
      assert.deepEqual(
        await parse(command(), [`-${given.join("")}`]),
        await parse(command(), given.map((letter) => `-${letter}`)),
      );
    }),
  );
});

Deno.test("a collected option gives its values in their order", async () => {
  const command = () => new Command().option("-t, --tag <tag:string>", "", { collect: true });
  await fc.assert(fc.asyncProperty(fc.array(value, { minLength: 1 }), async (tags) => {
    const { options } = await command().throwErrors().parse(tags.flatMap((tag) => ["-t", tag]));
    assert.deepEqual(options, { tag: tags });
  }));
});

Deno.test("a number comes back as the number that was written", async () => {
  const command = () => new Command().option("-n <n:number>", "").arguments("[m:number]");
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n === 0 ? 0 : n);
  await fc.assert(fc.asyncProperty(number, async (n) => {
    const expected = { options: { n }, args: [n], literal: [] };
    assert.deepEqual(await parse(command(), ["-n", String(n), String(n)]), expected);
  }));
});

Deno.test("a list is joined and split without loss", async () => {
  const item = fc.string({ minLength: 1 }).filter((text) => !text.includes(","));
  const command = () => new Command().option("-l <l:string[]>", "");
  await fc.assert(fc.asyncProperty(fc.array(item, { minLength: 1 }), async (items) => {
    const { options } = await command().throwErrors().parse(["-l", items.join(",")]);
    assert.deepEqual(options, { l: items });
  }));
});
