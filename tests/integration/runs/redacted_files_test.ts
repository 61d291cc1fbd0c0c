import { deepEqual, equal, notEqual } from "node:assert/strict";
import { z } from "zod";
import type { MethodContext } from "../../../src/domain/models/method_context.ts";
import type { RunWarning } from "../../../src/libswamp/runs/method_run.ts";
import { isTextType } from "../../../src/libswamp/runs/file_redaction.ts";
import { type Lab, withModel } from "./method_runs.ts";

const SECRET = "hunter2-schlüssel";
const BYTES = new TextEncoder().encode(SECRET);

const FILES = {
  text: { contentType: "text/plain", lifetime: "1d", garbageCollection: 3 },
  image: { contentType: "image/png", lifetime: "1d", garbageCollection: 3 },
};

/** Runs a method that knows the secret, and gives its warnings. */
function knowing(
  body: (context: MethodContext) => Promise<unknown>,
  test: (lab: Lab, warnings: readonly RunWarning[]) => Promise<void>,
): Promise<void> {
  const go = {
    description: "Go",
    arguments: z.object({}),
    execute: async (_args: unknown, context: MethodContext) => {
      context.redactor.addSecret(SECRET);
      await body(context);
      return {};
    },
  };
  return withModel({ files: FILES, methods: { go } }, async (lab) => {
    const { warnings = [] } = await lab.run("go");
    await test(lab, warnings);
  });
}

/** A stream in which the secret is cut at every possible place, one after the other. */
function cutStream(): ReadableStream<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (let at = 1; at < BYTES.length; at++) {
    pieces.push(BYTES.slice(0, at), BYTES.slice(at), new TextEncoder().encode("\n"));
  }
  return ReadableStream.from(pieces);
}

type Write = (context: MethodContext) => Promise<unknown>;

const WAYS: Readonly<Record<string, Write>> = {
  writeText: (context) => context.createFileWriter("text", "f").writeText(`a ${SECRET} b`),
  writeAll: (context) =>
    context.createFileWriter("text", "f").writeAll(new TextEncoder().encode(`a ${SECRET} b`)),
  writeStream: (context) => context.createFileWriter("text", "f").writeStream(cutStream()),
  writeLine: async (context) => {
    const writer = context.createFileWriter("text", "f");
    for (const line of ["first", SECRET, `"${SECRET}"`]) await writer.writeLine(line);
    await writer.finalize();
  },
  getFilePath: async (context) => {
    const writer = context.createFileWriter("text", "f");
    await Deno.writeTextFile(await writer.getFilePath(), `${"x".repeat(100_000)}${SECRET}`);
    await writer.finalize();
  },
  "getFilePath without finalize": async (context) => {
    await Deno.writeTextFile(await context.createFileWriter("text", "f").getFilePath(), SECRET);
  },
  "dataRepository.save": async (context) => {
    const { save } = context.dataRepository as { save: (...given: unknown[]) => Promise<unknown> };
    const data = { name: "f", contentType: "application/json" };
    const content = new TextEncoder().encode(JSON.stringify({ key: SECRET }));
    await save(context.modelType, context.modelId, data, content);
  },
};

for (const [way, write] of Object.entries(WAYS)) {
  Deno.test(`a secret that the run knows is in no text by ${way}, and the run says so`, () =>
    knowing(write, async (lab, warnings) => {
      const text = await lab.text("f") ?? "";
      equal(text.includes("***"), true);
      equal(text.includes("hunter2"), false);
      const redactions = warnings.filter(({ code }) => code === "secret_redacted");
      deepEqual(redactions.map(({ name }) => name), ["f"]);
    }));
}

Deno.test("what a method leaves unfinished and cannot be kept is told", () =>
  knowing(async (context) => {
    await Deno.mkdir(await context.createFileWriter("text", "f").getFilePath());
    await context.createFileWriter("text", "unused").getFilePath();
  }, async (lab, warnings) => {
    equal(await lab.text("f"), undefined);
    deepEqual(warnings.map(({ code, name }) => [code, name]), [["writer_not_finalized", "f"]]);
  }));

Deno.test("size and checksum are those of what is stored", () =>
  knowing(WAYS.getFilePath!, async ({ data }) => {
    const [scope] = await data.scopes();
    const stored = (await data.get(scope!, "f"))!;
    const bytes = new Uint8Array((await data.content(stored))!);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
    deepEqual([stored.metadata.size, stored.metadata.checksum], [bytes.length, digest]);
  }));

Deno.test("what is no text keeps its length", () =>
  knowing(async (context) => {
    const content = new Uint8Array([0, 255, ...BYTES, 254]);
    await context.createFileWriter("image", "streamed").writeAll(content);
    const writer = context.createFileWriter("image", "by-path");
    await Deno.writeFile(await writer.getFilePath(), content);
    await writer.finalize();
  }, async ({ data }, warnings) => {
    const [scope] = await data.scopes();
    for (const name of ["streamed", "by-path"]) {
      const bytes = await data.content((await data.get(scope!, name))!);
      deepEqual([...bytes!], [0, 255, ...new TextEncoder().encode("*".repeat(BYTES.length)), 254]);
    }
    equal(warnings.length, 2);
  }));

Deno.test("files without a secret are left alone, and nobody is warned", () =>
  knowing(async (context) => {
    const writer = context.createFileWriter("text", "by-path");
    await Deno.writeTextFile(await writer.getFilePath(), "hunter");
    await writer.finalize();
    await context.createFileWriter("text", "all").writeText("hunter");
  }, async (lab, warnings) => {
    deepEqual([await lab.text("by-path"), await lab.text("all")], ["hunter", "hunter"]);
    deepEqual(warnings, []);
  }));

Deno.test("tags and child loggers show no secret either", () =>
  knowing(async (context) => {
    await context.createFileWriter("text", "f", { tags: { login: SECRET } }).writeText("x");
    context.logger.getChild(SECRET).info("hello");
  }, async (lab) => {
    const [scope] = await lab.data.scopes();
    equal((await lab.data.get(scope!, "f"))?.metadata.tags.login, "***");
    equal(lab.shown.some(({ category }) => category.includes(SECRET)), false);
    notEqual(lab.shown.find(({ category }) => category.endsWith("***")), undefined);
  }));

Deno.test("text types are told from others", () => {
  const text = [
    "text/plain",
    "application/json; charset=utf-8",
    "application/ld+json",
    "TEXT/HTML",
  ];
  const other = ["application/octet-stream", "image/svg", "application/zip", ""];
  deepEqual(text.filter((type) => !isTextType(type)), []);
  deepEqual(other.filter(isTextType), []);
});
