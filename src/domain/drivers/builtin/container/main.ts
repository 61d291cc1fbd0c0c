import type { ContainerRequest, ContainerResult } from "../container_protocol.ts";
import { type Channel, openChannel } from "./channel.ts";
import { createContext } from "./context.ts";
import { Outbox, type SpecSettings } from "./outbox.ts";
import { OwnItems } from "./own_items.ts";

/** As much of zod as is needed here; a bundle has its own. */
interface Schema {
  safeParseAsync?(value: unknown): Promise<{ success: boolean; data?: unknown }>;
}

/** A model as its author exports it. */
interface ExportedModel {
  readonly globalArguments?: Schema;
  readonly resources?: Readonly<Record<string, SpecSettings>>;
  readonly files?: Readonly<Record<string, SpecSettings>>;
  readonly methods: Readonly<
    Record<string, {
      readonly arguments?: Schema;
      execute(args: unknown, context: unknown): Promise<unknown>;
    }>
  >;
}

type Values = Readonly<Record<string, unknown>>;

/** Taken before the method's code runs, which is kept from calling the public one. */
const exit: typeof Deno.exit = Deno.exit.bind(Deno);

/**
 * Runs the method of `request.json` from `bundle.js`, tells swamp what became of it, and ends the
 * process: with exit code 1 if the method failed.
 *
 * @param root the folder with these files.
 */
export async function runMethod(root: URL): Promise<never> {
  const request: ContainerRequest = JSON.parse(
    await Deno.readTextFile(new URL("request.json", root)),
  );
  const channel = openChannel(request.channel);
  const result = await execute(request, channel, root);
  channel.finish(result);
  exit(result.error === undefined ? 0 : 1);
}

async function execute(
  request: ContainerRequest,
  channel: Channel,
  root: URL,
): Promise<ContainerResult> {
  const interference = watchInterference();
  const items = new OwnItems(request.data, root);
  let model: ExportedModel | undefined;
  const outbox = new Outbox(request, items, (kind, specName) => {
    const specs = kind === "resource" ? model?.resources : model?.files;
    return specs?.[specName] ?? {};
  });
  try {
    ({ model } = await import(new URL("bundle.js", root).href) as { model: ExportedModel });
    const returned = await Promise.race([
      call(model, { request, channel, items, outbox }),
      interference,
    ]);
    return {
      ...await outbox.result(returned, true),
      followUpActions: await plainActions(request, items, returned),
    };
  } catch (error) {
    return { ...await outbox.result(undefined, false), error: documentOf(error) };
  }
}

async function call(
  { methods, globalArguments }: ExportedModel,
  parts: { request: ContainerRequest; channel: Channel; items: OwnItems; outbox: Outbox },
): Promise<unknown> {
  const { request } = parts;
  const method = methods[request.methodName];
  if (method === undefined) {
    throw new Error(`The bundle of '${request.modelType}' has no method '${request.methodName}'`);
  }
  const globalArgs = { ...await revived(globalArguments, request.globalArgs) };
  for (const [name, text] of Object.entries(request.unresolvedGlobalArgs)) {
    Object.defineProperty(globalArgs, name, {
      enumerable: true,
      get: () => {
        throw new Error(text);
      },
    });
  }
  const context = createContext({ ...parts, globalArgs, signal: endSignal() });
  return await method.execute(await revived(method.arguments, request.methodArgs), context);
}

/** Arguments as their schema made them: dates, for example, do not survive the way here. */
async function revived(schema: Schema | undefined, given: Values): Promise<Values> {
  const parsed = await schema?.safeParseAsync?.(given).catch(() => undefined);
  const isSame = parsed?.success === true && JSON.stringify(parsed.data) === JSON.stringify(given);
  return isSame ? parsed.data as Values : given;
}

/** Aborted when the container is asked to end. */
function endSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    Deno.addSignalListener(signal, () => controller.abort(new Error("cancelled")));
  }
  return controller.signal;
}

/** Rejects with failures that nobody waits for, and when the method wants to end the process. */
function watchInterference(): Promise<never> {
  return new Promise((_, reject) => {
    globalThis.addEventListener("unhandledrejection", (event) => {
      event.preventDefault();
      reject(event.reason);
    });
    globalThis.addEventListener("error", (event) => {
      event.preventDefault();
      reject(event.error);
    });
    Deno.exit = (code) => {
      const error = new Error(
        `The method called Deno.exit(${code ?? ""}). Throw an error to fail, return to succeed.`,
      );
      reject(error);
      throw error;
    };
  });
}

/** Follow-up actions without functions, which cannot leave the container: their answers go instead. */
async function plainActions(
  { methodName }: ContainerRequest,
  items: OwnItems,
  returned: unknown,
): Promise<readonly unknown[]> {
  const { followUpActions, dataHandles = [] } = (returned ?? {}) as {
    followUpActions?: unknown;
    dataHandles?: readonly { readonly name: string }[];
  };
  if (!Array.isArray(followUpActions)) return [];
  const resources: Record<string, unknown> = {};
  for (const { name } of dataHandles) {
    const text = new TextDecoder().decode(await items.find(name)?.read());
    if (text.startsWith("{")) resources[name] = JSON.parse(text);
  }
  return await Promise.all(followUpActions.map(async (action) => {
    const condition: unknown = action?.continueCondition;
    if (typeof condition !== "function") return action;
    const state = { methodName, dataHandles, resources };
    return { ...action, continueCondition: Boolean(await condition(state)) };
  }));
}

function documentOf(error: unknown): { message: string; stack?: string } {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, name, stack } = error;
  return { message: message || name, ...(stack === undefined ? {} : { stack }) };
}
