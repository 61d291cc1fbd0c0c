import { LineSplitter } from "../../../line_splitter.ts";
import type { DataWriter } from "../../../models/method_context.ts";
import type { DataHandle } from "../../../models/model_type.ts";
import { answer } from "./answer.ts";
import type { OpenFile, Outbox, Target } from "./outbox.ts";

/** Writes text and binary data; it is kept in memory, or in the container's file system, until the end. */
export class FileWriter implements DataWriter, OpenFile {
  readonly dataId: string = crypto.randomUUID();
  readonly name: string;
  readonly #outbox: Outbox;
  readonly #target: Target;
  readonly #lines: string[] = [];
  #path: string | undefined;
  #stage: "unused" | "used" | "finalized" = "unused";

  constructor(outbox: Outbox, target: Target) {
    outbox.requireSpec(target);
    this.#outbox = outbox;
    this.#target = target;
    this.name = target.name;
  }

  writeAll(bytes: Uint8Array): Promise<DataHandle> {
    return answer(() => {
      this.#enter("finalized");
      return this.#outbox.addFile(this.#target, bytes, this.dataId);
    });
  }

  writeText(text: string): Promise<DataHandle> {
    return this.writeAll(new TextEncoder().encode(text));
  }

  async writeStream(
    readable: ReadableStream<Uint8Array>,
    { onLine }: { onLine?: (line: string) => void } = {},
  ): Promise<DataHandle> {
    this.#enter("finalized");
    const decoder = new TextDecoder();
    const lines = new LineSplitter(onLine ?? (() => {}));
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    for await (const piece of readable) {
      pieces.push(piece.slice());
      lines.push(decoder.decode(piece, { stream: true }));
    }
    lines.push(decoder.decode());
    lines.end();
    const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
    return this.#outbox.addFile(this.#target, bytes, this.dataId);
  }

  writeLine(line: string): Promise<void> {
    return answer(() => {
      this.#enter("used");
      this.#lines.push(`${line}\n`);
    });
  }

  async getFilePath(): Promise<string> {
    this.#enter("used");
    return this.#path ??= await Deno.makeTempFile();
  }

  async finalize(): Promise<DataHandle> {
    if (this.#stage === "unused") {
      throw new Error(`DataWriter "${this.name}" has not been used — nothing to finalize`);
    }
    this.#enter("finalized");
    this.#outbox.open.delete(this);
    const bytes = this.#path === undefined
      ? new TextEncoder().encode(this.#lines.join(""))
      : await Deno.readFile(this.#path);
    return this.#outbox.addFile(this.#target, bytes, this.dataId);
  }

  async settle(succeeded: boolean): Promise<void> {
    if (this.#path === undefined || succeeded) await this.finalize();
  }

  #enter(stage: "used" | "finalized"): void {
    if (this.#stage === "finalized") {
      throw new Error(`DataWriter "${this.name}" has already been finalized`);
    }
    this.#stage = stage;
    if (stage === "used") this.#outbox.open.add(this);
  }
}
