import assert from "node:assert/strict";
import { z } from "zod";
import type { MethodContext } from "../../../src/domain/models/method_context.ts";
import { type Lab, MODEL_ID, withModel } from "./method_runs.ts";

const TYPE = {
  resources: {
    state: {
      schema: z.object({ n: z.number() }),
      lifetime: "7d",
      garbageCollection: 2,
      tags: { layer: "spec", type: "odd" },
    },
    secret: {
      schema: z.object({ user: z.string(), password: z.string().meta({ sensitive: true }) }),
      lifetime: "infinite",
      garbageCollection: 2,
    },
    allSecret: {
      schema: z.object({}).loose(),
      lifetime: "infinite",
      garbageCollection: 2,
      sensitiveOutput: true,
    },
  },
  files: { log: { contentType: "text/plain", lifetime: "0h", garbageCollection: "30d" } },
};

/** Runs `use` as the method of a model; what it gives is also given to `check`. */
function inMethod<T>(
  use: (context: MethodContext) => Promise<T>,
  check: (lab: Lab, value: T) => Promise<void> | void = () => {},
  tags: Record<string, string> = {},
): Promise<void> {
  let value: T;
  const execute = async (_args: unknown, context: MethodContext) => {
    value = await use(context);
  };
  const methods = { run: { description: "", arguments: z.object({}), execute } };
  return withModel({ ...TYPE, methods }, async (lab) => {
    await lab.run("run", { tags });
    await check(lab, value);
  }, { tags: { layer: "definition", env: "dev" } });
}

const scope = { type: "@acme/thing", modelId: MODEL_ID };

Deno.test("a resource carries tags of all layers, the reserved ones protected", () =>
  inMethod(
    (context) => context.writeResource("state", "main", { n: 1 }, { tags: { modelName: "x" } }),
    (_lab, { tags }) =>
      assert.deepEqual(tags, {
        type: "resource",
        layer: "spec",
        env: "dev",
        team: "a",
        specName: "state",
        modelName: "t1",
      }),
    { team: "a", specName: "x" },
  ));

Deno.test("a handle says what was written", () =>
  inMethod(
    (context) => context.writeResource("state", "main", { n: 1 }, { lifetime: "1h" }),
    async (lab, handle) => {
      const stored = await lab.data.get(scope, "main");
      const { dataId, name, specName, kind, version, size, metadata } = handle;
      assert.equal(dataId, stored?.metadata.id);
      assert.deepEqual({ name, specName, kind, version, size }, {
        ...{ name: "main", specName: "state", kind: "resource", version: 1, size: 7 },
      });
      assert.equal(metadata.contentType, "application/json");
      assert.equal(metadata.lifetime, "1h");
      assert.equal(metadata.garbageCollection, 2);
      assert.deepEqual(metadata.ownerDefinition, {
        ownerType: "model-method",
        ownerRef: MODEL_ID,
      });
    },
  ));

Deno.test("data that does not match its schema is stored as it is, with a warning", () =>
  withModel({
    ...TYPE,
    methods: {
      run: {
        description: "",
        arguments: z.object({}),
        execute: async (_args: unknown, context: MethodContext) => {
          await context.writeResource("state", "bad", { n: "x", more: true });
        },
      },
    },
  }, async (lab) => {
    const { warnings } = await lab.run("run");
    assert.deepEqual(await lab.json("bad"), { n: "x", more: true });
    assert.deepEqual(warnings?.map(({ code }) => code), ["schema_mismatch"]);
    assert.equal(
      warnings?.[0]?.message,
      'Resource "state" (instance "bad") data does not match schema: ' +
        'Invalid input: expected number, received string at "n"',
    );
    assert.equal(lab.shown.find(({ level }) => level === "warning")?.message, warnings[0].message);
  }));

for (
  const [title, use, message] of [
    [
      "an undeclared spec",
      (context: MethodContext) => context.writeResource("nope", "x", {}),
      "Undeclared resource spec 'nope' in model '@acme/thing'. " +
      "Declared resource specs: state, secret, allSecret",
    ],
    [
      "a name inherited from objects as a spec",
      (context: MethodContext) => context.createFileWriter("constructor", "x").writeText(""),
      "Undeclared file spec 'constructor' in model '@acme/thing'. Declared file specs: log",
    ],
    [
      "a blank name",
      (context: MethodContext) => context.writeResource("state", " ", { n: 1 }),
      "Resource name must be a non-empty string for spec 'state' in model '@acme/thing'",
    ],
    [
      "a blank name of a file",
      (context: MethodContext) => context.createFileWriter("log", "").writeText(""),
      "File name must be a non-empty string for spec 'log' in model '@acme/thing'",
    ],
    [
      "a reserved name",
      (context: MethodContext) => context.writeResource("state", "Latest", { n: 1 }),
      "Data name 'Latest' is reserved for internal use in model '@acme/thing'. " +
      "Use a different name.",
    ],
    [
      "a name that leads elsewhere",
      (context: MethodContext) => context.writeResource("state", "../x", { n: 1 }),
      "Data name must not contain '..', '/', '\\', or null bytes (path traversal): \"../x\"",
    ],
    [
      "a lifetime that is none",
      (context: MethodContext) => context.writeResource("state", "x", { n: 1 }, { lifetime: "1s" }),
      "lifetime of \"x\": Duration must match pattern like '1h', '5m', '10d', '2w', '1mo', '10y'",
    ],
    [
      "sensitive fields without a vault",
      (context: MethodContext) =>
        context.writeResource("secret", "x", { user: "u", password: "p" }),
      "Cannot persist data: fields 'password' are marked as sensitive but no vault is configured. " +
      "Create a vault using: swamp vault create <type> <name>",
    ],
    [
      "a resource that is sensitive as a whole",
      (context: MethodContext) => context.writeResource("allSecret", "x", { a: 1, b: 2 }),
      "Cannot persist data: fields 'a', 'b' are marked as sensitive but no vault is configured. " +
      "Create a vault using: swamp vault create <type> <name>",
    ],
    [
      "data without a JSON form",
      (context: MethodContext) => context.writeResource("state", "x", undefined),
      'Resource "x" cannot be stored as JSON: undefined has no JSON form',
    ],
  ] as const
) {
  Deno.test(`${title} is refused and leaves nothing`, () =>
    inMethod(
      async (context) => {
        await assert.rejects(async () => await use(context), { message });
      },
      async (lab) => assert.deepEqual((await lab.data.list(scope)).map(onlyReports), [true, true]),
    ));
}

function onlyReports({ metadata }: { metadata: { tags: Record<string, string> } }): boolean {
  return metadata.tags.type === "report";
}

Deno.test("a sensitive field without a value may be written", () =>
  inMethod((context) => context.writeResource("secret", "x", { user: "u", password: null })));

Deno.test("a name that somebody else owns cannot be written", () =>
  inMethod(async (context) => {
    const repository = context.dataRepository as {
      save(type: unknown, id: string, data: unknown, content: Uint8Array): Promise<unknown>;
    };
    const ownerDefinition = { ownerType: "manual", ownerRef: "bob" };
    const data = { name: "theirs", ownerDefinition };
    await repository.save(context.modelType, MODEL_ID, data, new Uint8Array());
    const message = 'Ownership validation failed for "theirs": existing owner "manual:bob" does ' +
      `not match new owner "model-method:${MODEL_ID}"`;
    await assert.rejects(context.writeResource("state", "theirs", { n: 1 }), { message });
    await assert.rejects(context.createFileWriter("log", "theirs").writeText("x"), { message });
  }));

Deno.test("a file is written at once as text or bytes", () =>
  inMethod(async (context) => {
    const { metadata } = await context.createFileWriter("log", "text").writeText("hällo");
    await context.createFileWriter("log", "bytes").writeAll(new Uint8Array([104, 105]));
    return metadata;
  }, async (lab, { lifetime, garbageCollection, contentType }) => {
    assert.deepEqual([await lab.text("text"), await lab.text("bytes")], ["hällo", "hi"]);
    assert.deepEqual([lifetime, garbageCollection, contentType], ["workflow", "30d", "text/plain"]);
  }));

Deno.test("a file is written from a stream whose lines are given out", () =>
  inMethod(async (context) => {
    const lines: string[] = [];
    const pieces = ReadableStream.from(
      ["one\ntw", "o\nthree"].map((text) => new TextEncoder().encode(text)),
    );
    const onLine = (line: string) => lines.push(line);
    await context.createFileWriter("log", "out").writeStream(pieces, { onLine });
    return lines;
  }, async (lab, lines) => {
    assert.deepEqual(lines, ["one", "two", "three"]);
    assert.equal(await lab.text("out"), "one\ntwo\nthree");
  }));

Deno.test("a stream that breaks leaves nothing", () =>
  inMethod(async (context) => {
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error("broken pipe")),
    });
    await assert.rejects(context.createFileWriter("log", "out").writeStream(broken), {
      message: "broken pipe",
    });
  }, async (lab) => assert.equal(await lab.text("out"), undefined)));

Deno.test("a file is written line by line, in the order of the calls", () =>
  inMethod(async (context) => {
    const writer = context.createFileWriter("log", "out");
    await Promise.all(["a", "b", "c"].map((line) => writer.writeLine(line)));
    return await writer.finalize();
  }, async (lab, handle) => {
    assert.equal(await lab.text("out"), "a\nb\nc\n");
    assert.equal(handle.size, 6);
  }));

Deno.test("a method may write the file itself", () =>
  inMethod(async (context) => {
    const writer = context.createFileWriter("log", "out");
    await Deno.writeTextFile(await writer.getFilePath(), "mine");
    return { handle: await writer.finalize(), dataId: writer.dataId };
  }, async (lab, { handle, dataId }) => {
    assert.equal(await lab.text("out"), "mine");
    assert.equal(handle.dataId, dataId);
  }));

Deno.test("a writer serves once", () =>
  inMethod(async (context) => {
    const unused = context.createFileWriter("log", "unused");
    await assert.rejects(unused.finalize(), {
      message: 'DataWriter "unused" has not been used — nothing to finalize',
    });
    const used = context.createFileWriter("log", "used");
    await used.writeText("x");
    const message = 'DataWriter "used" has already been finalized';
    await assert.rejects(used.writeText("x"), { message });
    await assert.rejects(used.writeLine("x"), { message });
    await assert.rejects(used.getFilePath(), { message });
    await assert.rejects(used.finalize(), { message });
  }));

Deno.test("lines of a writer that was not finalised are kept, with a warning", () =>
  inMethod(
    (context) => context.createFileWriter("log", "open").writeLine("kept"),
    async (lab) => {
      assert.equal(await lab.text("open"), "kept\n");
      assert.deepEqual((await lab.lastRecord()).artifacts.dataArtifacts.map(({ name }) => name), [
        "open",
      ]);
    },
  ));

Deno.test("a path that was asked for and never used leaves nothing", () =>
  inMethod(
    (context) => context.createFileWriter("log", "unused").getFilePath(),
    async (lab) => {
      assert.deepEqual((await lab.data.list(scope)).map(onlyReports), [true, true]);
      await assert.rejects(
        Deno.stat(`${lab.layout.data}/@acme/thing/${MODEL_ID}/unused`),
        Deno.errors.NotFound,
      );
    },
  ));
