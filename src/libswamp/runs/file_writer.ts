import type { PendingVersion } from "../../domain/data/data_store.ts";
import { messageOf, UserError } from "../../domain/errors.ts";
import { LineSplitter } from "../../domain/line_splitter.ts";
import type {
  DataOverrides,
  DataWriter,
  MethodContext,
} from "../../domain/models/method_context.ts";
import type { DataHandle, FileSpec } from "../../domain/models/model_type.ts";
import type { SecretFilter } from "../../domain/secret_filter.ts";
import { filteredSink, isTextType, redactFile } from "./file_redaction.ts";
import { type MethodRun, warn } from "./method_run.ts";
import {
  dataHandle,
  type DataTarget,
  declaredSpec,
  newMetadata,
  requireOwnName,
  requireUsableName,
} from "./new_version.ts";
import type { OpenWriter } from "./written_data.ts";

/** The function with which methods write text and binary data (contract: authoring 3.4). */
export function createFileWriterFactory(run: MethodRun): MethodContext["createFileWriter"] {
  return (specName, name, overrides = {}) => {
    run.written.requireOpen();
    const target: DataTarget = { kind: "file", specName, name };
    const spec = declaredSpec(run, target) as FileSpec;
    requireUsableName(run, target);
    return new FileWriter(run, target, spec, overrides);
  };
}

/** How far a writer is. */
type Stage = "unused" | "lines" | "path" | "finalized";

class FileWriter implements DataWriter, OpenWriter {
  readonly dataId: string;
  readonly name: string;
  readonly #run: MethodRun;
  readonly #target: DataTarget;
  readonly #metadata: ReturnType<typeof newMetadata>;
  #stage: Stage = "unused";
  #hasPath = false;
  readonly #filter: SecretFilter;
  #pending: Promise<PendingVersion> | undefined;
  #lines: Promise<WritableStreamDefaultWriter<Uint8Array>> | undefined;

  constructor(run: MethodRun, target: DataTarget, spec: FileSpec, overrides: DataOverrides) {
    this.#run = run;
    this.#target = target;
    this.#metadata = newMetadata(run, target, spec, overrides);
    this.#filter = run.redactor.filter(!isTextType(this.#metadata.contentType));
    this.name = target.name;
    this.dataId = this.#metadata.id;
  }

  async writeAll(bytes: Uint8Array): Promise<DataHandle> {
    return await this.#writeStream(ReadableStream.from([bytes]), {});
  }

  writeText(text: string): Promise<DataHandle> {
    return this.writeAll(new TextEncoder().encode(text));
  }

  async writeStream(
    readable: ReadableStream<Uint8Array>,
    { onLine }: { onLine?: (line: string) => void } = {},
  ): Promise<DataHandle> {
    // A source that sends nothing any more must not keep a cancelled run alive.
    const { signal } = this.#run;
    const tapped = onLine === undefined ? readable : tapLines(readable, onLine);
    return await this.#writeStream(tapped, { signal });
  }

  async writeLine(line: string): Promise<void> {
    this.#enter("lines");
    await this.#run.written.write(async () => {
      this.#lines ??= this.#open().then((stream) => stream.getWriter());
      await (await this.#lines).write(new TextEncoder().encode(`${line}\n`));
    });
  }

  async getFilePath(): Promise<string> {
    this.#enter("path");
    this.#hasPath = true;
    return await this.#run.written.write(async () => (await this.#reserve()).contentPath);
  }

  async finalize(): Promise<DataHandle> {
    if (this.#stage === "unused") {
      throw new Error(`DataWriter "${this.name}" has not been used — nothing to finalize`);
    }
    this.#enter("finalized");
    return await this.#run.written.write(() => this.#publish());
  }

  /** A method may forget to finalise: lines are then kept, a path only if the method went well. */
  async settle(succeeded: boolean): Promise<void> {
    const isComplete = this.#stage === "lines" || (this.#stage === "path" && succeeded);
    this.#stage = "finalized";
    if (!isComplete) return await this.#giveUp();
    try {
      await this.#publish();
      this.#warnOfNeglect("is kept");
    } catch (error) {
      if (error instanceof UserError && error.code === "no_content") return;
      this.#warnOfNeglect(`is lost: ${messageOf(error)}`);
    }
  }

  #warnOfNeglect(fate: string): void {
    warn(this.#run, {
      code: "writer_not_finalized",
      message: `DataWriter "${this.name}" was not finalized by the method; its data ${fate}`,
      name: this.name,
    });
  }

  #writeStream(
    readable: ReadableStream<Uint8Array>,
    options: StreamPipeOptions,
  ): Promise<DataHandle> {
    this.#enter("finalized");
    return this.#run.written.write(async () => {
      try {
        await readable.pipeTo(await this.#open(), options);
      } catch (error) {
        await this.#giveUp();
        throw error;
      }
      return await this.#publish();
    });
  }

  #enter(stage: Stage): void {
    if (this.#stage === "finalized") {
      throw new Error(`DataWriter "${this.name}" has already been finalized`);
    }
    if (this.#stage === "unused" && stage !== "finalized") this.#run.written.open(this);
    this.#stage = stage;
  }

  #reserve(): Promise<PendingVersion> {
    this.#pending ??= requireOwnName(this.#run, this.name, this.#metadata.ownerDefinition)
      .then(() => this.#run.data.reserve(this.#run.scope, this.name));
    return this.#pending;
  }

  async #open(): Promise<WritableStream<Uint8Array>> {
    return filteredSink(await this.#run.data.openContent(await this.#reserve()), this.#filter);
  }

  /** What the method wrote to the path itself has not passed the filter. */
  async #redactContent({ contentPath }: PendingVersion): Promise<void> {
    const { redactor } = this.#run;
    const keepsLength = !isTextType(this.#metadata.contentType);
    const isFound = this.#filter.found ||
      (this.#hasPath && await redactFile(contentPath, redactor, keepsLength));
    if (!isFound) return;
    warn(this.#run, {
      code: "secret_redacted",
      message: `File "${this.name}" would hold a secret; *** is stored instead`,
      name: this.name,
    });
  }

  async #publish(): Promise<DataHandle> {
    this.#run.written.done(this);
    try {
      await (await this.#lines)?.close();
      const pending = await this.#reserve();
      await this.#redactContent(pending);
      const stored = await this.#run.data.publish(pending, this.#metadata);
      return this.#run.written.add({ handle: dataHandle(this.#target, stored), stored });
    } catch (error) {
      await this.#giveUp();
      throw error;
    }
  }

  async #giveUp(): Promise<void> {
    this.#run.written.done(this);
    await this.#lines?.then((lines) => lines.abort()).catch(() => {});
    await this.#pending?.then((pending) => this.#run.data.discard(pending)).catch(() => {});
  }
}

/** The same bytes, whose lines are given out while they pass. */
function tapLines(
  readable: ReadableStream<Uint8Array>,
  onLine: (line: string) => void,
): ReadableStream<Uint8Array> {
  const decoder = new TextDecoder();
  const lines = new LineSplitter(onLine);
  return readable.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        lines.push(decoder.decode(chunk, { stream: true }));
        controller.enqueue(chunk);
      },
      flush: () => {
        lines.push(decoder.decode());
        lines.end();
      },
    }),
  );
}
