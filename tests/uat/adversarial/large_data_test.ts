import { equal, ok } from "node:assert/strict";
import { peakMemory } from "../../bench/peak_memory.ts";
import { method, sourceOf } from "../model_source.ts";
import { createModel, runArgs } from "../models.ts";
import { succeeds } from "../outcomes.ts";
import { Repository, SWAMP_BIN } from "../swamp.ts";

const MIB = 1024 * 1024;
/** What is written: much more than a run may hold in memory. */
const SIZE = 300 * MIB;
/** A run that writes a few bytes takes about 70 MiB. */
const MOST_MEMORY = 160 * MIB;

const ARGUMENTS = "z.object({ mib: z.number() })";

/** Ways to write a large file, each a method. */
const WAYS: Readonly<Record<string, string>> = {
  writeStream: 'await context.createFileWriter("blob", "big").writeStream(blocks(args.mib));',
  "writeStream with onLine": `let lines = 0;
    const writer = context.createFileWriter("text", "big");
    await writer.writeStream(blocks(args.mib), { onLine: () => lines++ });
    if (lines !== args.mib) throw new Error(lines + " lines");`,
  getFilePath: `const writer = context.createFileWriter("blob", "big");
    const file = await Deno.open(await writer.getFilePath(), { write: true, create: true });
    await blocks(args.mib).pipeTo(file.writable);
    await writer.finalize();`,
  writeLine: `const writer = context.createFileWriter("text", "big");
    for (let line = 0; line < args.mib * 16; line++) await writer.writeLine("x".repeat(65535));
    await writer.finalize();`,
  allocateVersion: `const { dataRepository: data, modelType, modelId } = context;
    const { version, contentPath } = await data.allocateVersion(modelType, modelId, {
      name: "big",
      garbageCollection: 1,
    });
    const file = await Deno.open(contentPath, { write: true, create: true });
    await blocks(args.mib).pipeTo(file.writable);
    await data.finalizeVersion(modelType, modelId, "big", version);`,
  "stream and writeStream": `const { dataRepository: data, modelType, modelId } = context;
    const stored = ReadableStream.from(data.stream(modelType, modelId, "big"));
    await context.createFileWriter("blob", "copy").writeStream(stored);`,
};

const name = (way: string) => way.replaceAll(" ", "_");

const SOURCE = sourceOf("@acme/big", {
  preamble: `function blocks(count: number): ReadableStream<Uint8Array> {
    const block = new Uint8Array(${MIB}).fill(120);
    block[block.length - 1] = 10;
    let given = 0;
    return new ReadableStream({
      pull: (controller) => given++ < count ? controller.enqueue(block) : controller.close(),
    });
  }`,
  files: `{
    blob: { contentType: "application/octet-stream", lifetime: "infinite", garbageCollection: 1 },
    text: { contentType: "text/plain", lifetime: "infinite", garbageCollection: 1 },
  }`,
  methods: `{ ${
    Object.entries(WAYS).map(([way, body]) => method(name(way), body, ARGUMENTS)).join("")
  } }`,
});

const repository = await Repository.create();
repository.write("extensions/models/big.ts", SOURCE);
await createModel(repository, "@acme/big", "b");
Deno.test.afterAll(() => repository[Symbol.dispose]());

const canMeasure =
  await peakMemory({ program: SWAMP_BIN, args: ["version"], cwd: repository.root }) !== undefined;

let bigVersions = 0;

for (const way of Object.keys(WAYS)) {
  Deno.test({
    name: `${way}: ${SIZE / MIB} MiB are written without being held in memory`,
    ignore: !canMeasure,
    fn: async () => {
      const args = [...runArgs("b", name(way), { mib: SIZE / MIB }), "--skip-reports"];
      const memory = await peakMemory({ program: SWAMP_BIN, args, cwd: repository.root });
      const written = way.startsWith("stream") ? "copy" : "big";
      const { size, checksum, version } = await succeeds(repository, [
        ...["data", "get", "b", written, "--no-content"],
      ]);
      equal(size, SIZE);
      equal(checksum.length, 64);
      ok(memory! < MOST_MEMORY, `${Math.round(memory! / MIB)} MiB of memory`);
      equal(version, written === "copy" ? 1 : ++bigVersions, "the run has succeeded");
      // Keeps one version only.
      await succeeds(repository, ["data", "gc"]);
    },
  });
}
