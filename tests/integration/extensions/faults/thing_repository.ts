import { CliRepository } from "./cli_repository.ts";

/** Source of `@acme/thing` in its n-th edition, which shows in its descriptions and in what it writes. */
function thing(edition: number): string {
  return `import { z } from "npm:zod@4.3.6";
export const model = {
  type: "@acme/thing",
  version: "2026.01.02.${edition}",
  globalArguments: z.object({ region: z.string().optional() }),
  resources: {
    state: {
      schema: z.object({ edition: z.number() }),
      lifetime: "infinite",
      garbageCollection: 5,
    },
  },
  methods: {
    sync: {
      description: "Edition ${edition}",
      arguments: z.object({}),
      execute: async (_args, context) => ({
        dataHandles: [await context.writeResource("state", "main", { edition: ${edition} })],
      }),
    },
  },
};
`;
}

/** Source that adds `more` to `@acme/thing`, in its n-th edition. */
function more(edition: number): string {
  return `import { z } from "npm:zod@4.3.6";
export const extension = {
  type: "@acme/thing",
  methods: [{
    more: {
      description: "More ${edition}",
      arguments: z.object({}),
      execute: async (_args, context) => ({
        dataHandles: [await context.writeResource("state", "more", { edition: ${edition} })],
      }),
    },
  }],
};
`;
}

/** A repository with a model `one` of a type whose code comes from two files. */
export class ThingRepository {
  /** Editions of the type and of what extends it. */
  readonly edition = { thing: 1, more: 1 };

  private constructor(readonly repository: CliRepository, readonly id: string) {}

  static async create(): Promise<ThingRepository> {
    const repository = await CliRepository.create();
    repository.write("thing.ts", thing(1));
    repository.write("more.ts", more(1));
    const { id } = await repository.json(["model", "create", "@acme/thing", "one"]);
    await repository.json(["model", "method", "run", "one", "sync"]);
    return new ThingRepository(repository, id);
  }

  editThing(): void {
    this.repository.write("thing.ts", thing(++this.edition.thing));
  }

  editMore(): void {
    this.repository.write("more.ts", more(++this.edition.more));
  }

  [Symbol.dispose](): void {
    this.repository[Symbol.dispose]();
  }
}
