/**
 * The program that runs a method in a container, as text: it is put beside the request, and deno there
 * runs it.
 *
 * @module
 */
import LINE_SPLITTER from "../../line_splitter.ts" with { type: "text" };
import METHOD_LOGGER from "../../models/method_logger.ts" with { type: "text" };
import ANSWER from "./container/answer.ts" with { type: "text" };
import CHANNEL from "./container/channel.ts" with { type: "text" };
import CONTEXT from "./container/context.ts" with { type: "text" };
import DATA_REPOSITORY from "./container/data_repository.ts" with { type: "text" };
import FILE_WRITER from "./container/file_writer.ts" with { type: "text" };
import MAIN from "./container/main.ts" with { type: "text" };
import OWN_ITEMS from "./container/own_items.ts" with { type: "text" };
import OUTBOX from "./container/outbox.ts" with { type: "text" };

const HERE = "program/drivers/builtin/container";

/** Path in the container's folder → text. Modules lie to each other as they do here. */
export const CONTAINER_PROGRAM: readonly (readonly [path: string, text: string])[] = [
  ["program/line_splitter.ts", LINE_SPLITTER],
  ["program/models/method_logger.ts", METHOD_LOGGER],
  [`${HERE}/answer.ts`, ANSWER],
  [`${HERE}/channel.ts`, CHANNEL],
  [`${HERE}/context.ts`, CONTEXT],
  [`${HERE}/data_repository.ts`, DATA_REPOSITORY],
  [`${HERE}/file_writer.ts`, FILE_WRITER],
  [`${HERE}/main.ts`, MAIN],
  [`${HERE}/own_items.ts`, OWN_ITEMS],
  [`${HERE}/outbox.ts`, OUTBOX],
];

/** What deno is started with. It finds everything from where it lies itself. */
export const RUNNER = `import { runMethod } from "./${HERE}/main.ts";
await runMethod(new URL("./", import.meta.url));
`;
