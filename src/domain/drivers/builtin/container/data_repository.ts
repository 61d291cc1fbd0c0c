import type { ContainerRequest } from "../container_protocol.ts";
import type { OwnItems } from "./own_items.ts";

/** The first two parameters of what a repository of data can do. */
type Place = readonly [type: unknown, modelId: string];

/** The data of the model as `context.dataRepository`; it cannot be changed, nor is there other data. */
export function createDataRepository({ modelId }: ContainerRequest, items: OwnItems) {
  const own = (place: Place) => {
    if (place[1] === modelId) return items;
    throw new Error(
      "In a container there is only the data of the model that runs; the driver raw has all of it",
    );
  };
  const refuse = (): Promise<never> =>
    Promise.reject(
      new Error("In a container data is written with writeResource and createFileWriter only"),
    );
  const find = (place: Place, name: string, version?: number) => own(place).find(name, version);
  return {
    getContent: async (type: unknown, id: string, name: string, version?: number) =>
      await find([type, id], name, version)?.read() ?? null,
    // deno-lint-ignore require-await -- as everything here.
    findByName: async (type: unknown, id: string, name: string, version?: number) =>
      find([type, id], name, version)?.view ?? null,
    // deno-lint-ignore require-await -- as everything here.
    findById: async (type: unknown, id: string, dataId: string) =>
      own([type, id]).all.find(({ view }) => view.id === dataId)?.view ?? null,
    // deno-lint-ignore require-await -- as everything here.
    findAllForModel: async (type: unknown, id: string) =>
      own([type, id]).latest.map(({ view }) => view),
    // deno-lint-ignore require-await -- as everything here.
    listVersions: async (type: unknown, id: string, name: string) => own([type, id]).versions(name),
    // deno-lint-ignore require-await -- as everything here.
    getContentPath: async (type: unknown, id: string, name: string, version?: number) =>
      find([type, id], name, version)?.path ?? null,
    stream: async function* (type: unknown, id: string, name: string, version?: number) {
      const found = find([type, id], name, version);
      if (found !== undefined) yield await found.read();
    },
    ...{ save: refuse, delete: refuse, findAllGlobal: () => own([undefined, ""]) },
    nextId: () => crypto.randomUUID(),
  };
}
