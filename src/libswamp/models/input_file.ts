// A module of its own, so that `yaml` is only loaded when there is an input file.
import { parse } from "yaml";

/**
 * The value that an input file holds, YAML or JSON.
 *
 * @throws {Error} whose message is one line that says where the mistake is.
 */
export function parseInputFile(text: string): unknown {
  try {
    return parse(text, { logLevel: "error" });
  } catch (error) {
    const [line = ""] = (error as Error).message.split("\n");
    throw new Error(line.replace(/:$/, ""), { cause: error });
  }
}
