/**
 * Imports bundles and says what they export. Runs as a process of its own that may read bundles and
 * nothing else, so that the top-level code of an extension reaches no network, file or process, and
 * can neither hang nor end swamp.
 *
 * @module
 */
import * as zod from "zod";
import { messageOf } from "../../domain/errors.ts";
import { contributionOf } from "../../domain/extensions/shapes/mod.ts";
import { ShapeError } from "../../domain/extensions/shapes/shape_error.ts";
import type { IndexAnswer, IndexedBundle, IndexLine, IndexRequest } from "./index_protocol.ts";
import { shareZod } from "./share_zod.ts";
import { TextLineStream } from "./text_line_stream.ts";

async function answerFor({ url, kinds }: IndexedBundle): Promise<IndexAnswer> {
  try {
    const module = await import(url);
    const contributions = kinds.map((kind) => contributionOf(module, kind))
      .filter((contribution) => contribution !== undefined);
    return {
      contributions: contributions.map((contribution) => ({
        ...contribution,
        descriptor: JSON.stringify(contribution.descriptor),
      })),
    };
  } catch (thrown) {
    return thrown instanceof ShapeError
      ? { error: thrown.message, loaded: true }
      : { error: describeThrown(thrown), loaded: false };
  }
}

function describeThrown(thrown: unknown): string {
  const name = thrown instanceof Error ? thrown.name : "Error";
  return `${name}: ${messageOf(thrown)}`;
}

/** Writing is taken before any extension runs, so that none can replace it. */
const writeSync = Deno.stdout.writeSync.bind(Deno.stdout);
const encoder = new TextEncoder();

function send(secret: string, line: IndexLine): void {
  // An extension may have printed half a line.
  let bytes = encoder.encode(`\n${secret}${JSON.stringify(line)}\n`);
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(bytes));
}

// What a bundle left running may fail at any time, and not only while that bundle is imported.
for (const type of ["error", "unhandledrejection"]) {
  globalThis.addEventListener(type, (event) => event.preventDefault());
}

shareZod(zod);
let secret = "";
const requests = Deno.stdin.readable.pipeThrough(new TextLineStream());
for await (const line of requests) {
  const request = JSON.parse(line) as IndexRequest;
  if ("secret" in request) secret = request.secret;
  else if ("preload" in request) {
    for (const url of request.preload) import(url).catch(() => {});
  } else {
    for (const [index, bundle] of request.bundles.entries()) {
      send(secret, { starting: index });
      send(secret, { finished: index, answer: await answerFor(bundle) });
    }
  }
}
Deno.exit(0);
