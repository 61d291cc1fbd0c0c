import type { IndexAnswer, IndexedBundle, IndexLine } from "./index_protocol.ts";
import {
  IndexWorkerProcess,
  type IndexWorkerSettings,
  type PreparedWorker,
} from "./index_worker_process.ts";
import { TextLineStream } from "./text_line_stream.ts";

/** How bundles are indexed. */
export interface IndexingSettings extends IndexWorkerSettings {
  /** A process that may be used first. */
  readonly prepared?: PreparedWorker | undefined;
}

/** Called with every answer that comes in. */
export type Indexed = () => void;

/** A second process pays from this many bundles on: each starts zod and the dependencies anew. */
const BUNDLES_FOR_ANOTHER_PROCESS = 40;

/**
 * Imports bundles in restricted processes, as many at a time as pay, and tells what they export. A
 * bundle that ends its process or does not come to an end gets an error of its own; the bundles
 * after it get a new process.
 *
 * @param indexed called once for each bundle, as soon as it is known what became of it
 * @returns one answer for each bundle, in the same order.
 */
export async function indexBundles(
  settings: IndexingSettings,
  bundles: readonly IndexedBundle[],
  indexed: Indexed = () => {},
): Promise<IndexAnswer[]> {
  const processes = Math.max(
    1,
    Math.min(
      navigator.hardwareConcurrency,
      Math.floor(bundles.length / BUNDLES_FOR_ANOTHER_PROCESS),
    ),
  );
  const share = Math.ceil(bundles.length / processes);
  const shares = Array.from(
    { length: processes },
    (_, index) => bundles.slice(index * share, (index + 1) * share),
  );
  return (await Promise.all(shares.map((part) => indexShare(settings, part, indexed)))).flat();
}

async function indexShare(
  settings: IndexingSettings,
  bundles: readonly IndexedBundle[],
  indexed: Indexed,
): Promise<IndexAnswer[]> {
  const answers: IndexAnswer[] = [];
  while (answers.length < bundles.length) {
    const run = await runWorker(settings, bundles.slice(answers.length), indexed);
    answers.push(...run.answers);
    if (run.broken === undefined || run.ended && run.answers.length > 0) continue;
    answers.push({ error: run.broken, loaded: false });
    indexed();
  }
  return answers;
}

/** What one process said, and why the bundle after its last answer broke it. */
interface WorkerRun {
  readonly answers: readonly IndexAnswer[];
  readonly broken?: string;
  /** The process ended by itself. A bundle before may have done that, with a timer: try again. */
  readonly ended?: boolean;
}

async function runWorker(
  settings: IndexingSettings,
  bundles: readonly IndexedBundle[],
  indexed: Indexed,
): Promise<WorkerRun> {
  const worker = settings.prepared?.take() ?? new IndexWorkerProcess(settings);
  const { child, secret } = worker;
  const stderr = new Response(child.stderr).text();
  await worker.import(bundles);

  const answers: IndexAnswer[] = [];
  let timedOut = false;
  let started = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watch = (limit: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
    }, limit);
  };
  watch(settings.importLimit + 10_000);
  for await (const line of child.stdout.pipeThrough(new TextLineStream())) {
    if (!line.startsWith(secret)) continue;
    const message = JSON.parse(line.slice(secret.length)) as IndexLine;
    started = true;
    if ("finished" in message) {
      answers.push(message.answer);
      indexed();
    }
    watch(settings.importLimit);
  }
  clearTimeout(timer);
  const { code } = await child.status;
  if (answers.length === bundles.length) return { answers };
  // What it has preloaded may have ended it: once more, to see whose import does that.
  if (answers.length === 0 && worker.hasPreloaded) {
    return await runWorker(settings, bundles, indexed);
  }
  if (!started) throw new Error(`The index worker did not start: ${(await stderr).trim()}`);
  const broken = timedOut
    ? tookTooLong(settings)
    : `ended the process while it was imported (exit code ${code})${lastLine(await stderr)}`;
  return { answers, broken, ended: !timedOut };
}

function tookTooLong({ importLimit }: IndexWorkerSettings): string {
  const seconds = importLimit / 1000;
  return `did not finish importing within ${seconds} s (an endless loop at the top level?)`;
}

function lastLine(text: string): string {
  const line = text.trim().split("\n").at(-1) ?? "";
  return line === "" ? "" : `: ${line}`;
}
