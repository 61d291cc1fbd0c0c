import { dirname, relative } from "@std/path";
import type { IndexedBundle, IndexRequest } from "./index_protocol.ts";

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

/** A process of the index worker, which waits for what it is to import. */
export class IndexWorkerProcess {
  /** Starts every line of its answer. */
  readonly secret = crypto.randomUUID();
  readonly child: Deno.ChildProcess;
  readonly #requests: WritableStreamDefaultWriter<Uint8Array>;
  #hasPreloaded = false;

  constructor(settings: IndexWorkerSettings) {
    this.child = startWorker(settings);
    this.#requests = this.child.stdin.getWriter();
    this.#send({ secret: this.secret });
  }

  /** Whether code of extensions may have run in it before it was told what to import. */
  get hasPreloaded(): boolean {
    return this.#hasPreloaded;
  }

  /** Lets it import modules, by their URLs, that bundles will need; what comes of it does not matter. */
  preload(urls: readonly string[]): void {
    if (urls.length === 0) return;
    this.#hasPreloaded = true;
    this.#send({ preload: urls });
  }

  /** Lets it import bundles and end. */
  async import(bundles: readonly IndexedBundle[]): Promise<void> {
    this.#send({ bundles });
    await this.#requests.close().catch(() => {});
  }

  /** Ends it at once. */
  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await Promise.all([this.#requests.close().catch(() => {}), this.child.output()]);
  }

  #send(request: IndexRequest): void {
    // When the worker is gone already, its missing answers say so.
    this.#requests.write(new TextEncoder().encode(`${JSON.stringify(request)}\n`)).catch(() => {});
  }
}

/** A process that was started ahead, for the first who takes it. It ends with its owner. */
export class PreparedWorker implements AsyncDisposable {
  readonly readable: readonly string[];
  #process: IndexWorkerProcess | undefined;

  constructor(settings: IndexWorkerSettings) {
    this.readable = settings.readable;
    this.#process = new IndexWorkerProcess(settings);
  }

  /** As {@linkcode IndexWorkerProcess.preload}. */
  preload(urls: readonly string[]): void {
    this.#process?.preload(urls);
  }

  /** The process, for the first who asks. */
  take(): IndexWorkerProcess | undefined {
    const process = this.#process;
    this.#process = undefined;
    return process;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.take()?.kill();
  }
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
