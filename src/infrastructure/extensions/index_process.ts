import { dirname, relative } from "@std/path";
import { TextLineStream } from "./text_line_stream.ts";
import type { IndexAnswer, IndexedBundle, IndexLine, IndexRequest } from "./index_protocol.ts";

/** How the index worker is started. */
export interface IndexWorkerSettings {
  /** Absolute path of a deno executable. */
  readonly deno: string;
  /** Absolute path of the worker's program. */
  readonly program: string;
  /** Arguments of `deno run` that the program needs to find its own imports. */
  readonly programArguments: readonly string[];
  /** Absolute paths of the folders that it may read; all lie in the same folder. */
  readonly readable: readonly string[];
  /** Milliseconds that the import of one bundle may take. */
  readonly importLimit: number;
}

/**
 * A process of the index worker that was started before it is known what it is to import. It ends with
 * this process if nobody uses it.
 */
export class PreparedWorker implements AsyncDisposable {
  readonly readable: readonly string[];
  #child: Deno.ChildProcess | undefined;

  constructor(settings: IndexWorkerSettings) {
    this.readable = settings.readable;
    this.#child = startWorker(settings);
  }

  /** The process, for the first who asks. */
  take(): Deno.ChildProcess | undefined {
    const child = this.#child;
    this.#child = undefined;
    return child;
  }

  /** Ends the process if nobody has taken it. */
  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.take();
    child?.kill("SIGKILL");
    await Promise.all([child?.stdin.close().catch(() => {}), child?.output()]);
  }
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
  settings: IndexWorkerSettings & { readonly prepared?: PreparedWorker },
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
  settings: IndexWorkerSettings & { readonly prepared?: PreparedWorker },
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
  settings: IndexWorkerSettings & { readonly prepared?: PreparedWorker },
  bundles: readonly IndexedBundle[],
  indexed: Indexed,
): Promise<WorkerRun> {
  const secret = crypto.randomUUID();
  const child = settings.prepared?.take() ?? startWorker(settings);
  const stderr = new Response(child.stderr).text();
  await sendRequest(child, { secret, bundles });

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

function startWorker(settings: IndexWorkerSettings): Deno.ChildProcess {
  const { readable } = settings;
  const cwd = dirname(readable[0]!);
  // A comma parts folders, and nothing can stand for one: such a folder is named from beside it.
  const named = readable.map((path) => path.includes(",") ? `./${relative(cwd, path)}` : path);
  return new Deno.Command(settings.deno, {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--no-lock",
      "--ignore-env",
      `--allow-read=${named.join(",")}`,
      ...settings.programArguments,
      settings.program,
    ],
    cwd,
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function sendRequest(child: Deno.ChildProcess, request: IndexRequest): Promise<void> {
  const writer = child.stdin.getWriter();
  try {
    await writer.write(new TextEncoder().encode(JSON.stringify(request)));
    await writer.close();
  } catch {
    // The worker is gone already; its missing answers say so.
  }
}

function lastLine(text: string): string {
  const line = text.trim().split("\n").at(-1) ?? "";
  return line === "" ? "" : `: ${line}`;
}
