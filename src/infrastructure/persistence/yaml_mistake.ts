/**
 * What the YAML parser complains of, as one line for people.
 *
 * @param message of the `yaml` library: what and where, then the line that is meant.
 */
export function yamlMistake(message: string): string {
  if (message.startsWith("Source contains multiple documents")) {
    return "the file holds more than one YAML document; keep one, and remove the lines '---' between";
  }
  const [first = "", ...frame] = message.split("\n");
  const isUnquoted = first.startsWith("Nested mappings") &&
    frame.some((line) => line.includes("${{"));
  const remedy = isUnquoted ? "; put the value with ${{ }} in quotes" : "";
  return first.replace(/:$/, "") + remedy;
}
