import { equal } from "node:assert/strict";
import { surroundings } from "../../../surroundings.ts";
import { swampArguments } from "../../cli/swamp_process.ts";
import { RepositoryFixture } from "../repository_fixture.ts";

/** How a command ended. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is run. */
export interface RunOptions {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Working directory, the repository unless told. */
  readonly cwd?: string;
}

/** A repository that commands are run in. */
export class CliRepository extends RepositoryFixture {
  /** A new, initialised repository. */
  static async create(): Promise<CliRepository> {
    const repository = new CliRepository();
    await repository.json(["init", "--tool", "none"]);
    return repository;
  }

  /** Runs swamp from source. */
  async run(args: readonly string[], options: RunOptions = {}): Promise<CommandResult> {
    const { stdin = "", env = {}, cwd = this.root } = options;
    const child = new Deno.Command(Deno.execPath(), {
      args: swampArguments(args),
      cwd,
      clearEnv: true,
      env: { ...surroundings(), ...env },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(stdin)).catch(() => {});
    await writer.close().catch(() => {});
    const { code, stdout, stderr } = await child.output();
    const decoder = new TextDecoder();
    return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  }

  /** The document of a command that must succeed. */
  // deno-lint-ignore no-explicit-any -- tests reach into documents whose shape is what they check.
  async json(args: readonly string[], options: RunOptions = {}): Promise<any> {
    const { code, stdout, stderr } = await this.run([...args, "--json"], options);
    equal(code, 0, `${args.join(" ")}: ${stderr}`);
    return JSON.parse(stdout);
  }

  /** The names that `model type search` lists for a query. */
  async typesFound(query: string, options?: RunOptions): Promise<string[]> {
    const { results } = await this.json(["model", "type", "search", query], options);
    return results.map(({ normalized }: { normalized: string }) => normalized);
  }
}
