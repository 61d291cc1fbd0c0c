/**
 * A process that loads a model type, prints `loaded` and goes on living:
 * `deno run -A loading_program.ts <root> <type>`.
 */
import { RepositoryFixture } from "../repository_fixture.ts";

const [root = "", type = ""] = Deno.args;
await (await new RepositoryFixture(root).modelTypes()).resolve(type);
console.log("loaded");
await new Promise((resolve) => setTimeout(resolve, 60_000));
