import type { ContainerRequest } from "../container_protocol.ts";
import { answer } from "./answer.ts";
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
    findByName: (type: unknown, id: string, name: string, version?: number) =>
      answer(() => find([type, id], name, version)?.view ?? null),
    findById: (type: unknown, id: string, dataId: string) =>
      answer(() => own([type, id]).all.find(({ view }) => view.id === dataId)?.view ?? null),
    findAllForModel: (type: unknown, id: string) =>
      answer(() => own([type, id]).latest.map(({ view }) => view)),
    listVersions: (type: unknown, id: string, name: string) =>
      answer(() => own([type, id]).versions(name)),
    getContentPath: (type: unknown, id: string, name: string, version?: number) =>
      answer(() => find([type, id], name, version)?.path ?? null),
    stream: async function* (type: unknown, id: string, name: string, version?: number) {
      const found = find([type, id], name, version);
      if (found !== undefined) yield await found.read();
    },
    ...{ save: refuse, delete: refuse, findAllGlobal: () => answer(() => own([undefined, ""])) },
    nextId: () => crypto.randomUUID(),
  };
}
