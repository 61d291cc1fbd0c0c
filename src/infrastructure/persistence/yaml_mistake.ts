/** What the YAML parser complains of, as one line for people. */
export function yamlMistake(message: string): string {
  if (message.startsWith("Source contains multiple documents")) {
    return "the file holds more than one YAML document; keep one, and remove the lines '---' between";
  }
  return (message.split("\n")[0] ?? "").replace(/:$/, "");
}
