/** Output of a command as one text; a stream that is empty is left out. */
export function shellLog(stdout: string, stderr: string): string {
  const parts = [["stdout", stdout], ["stderr", stderr]].filter(([, text]) => text !== "");
  return parts.map(([name, text]) => `[${name}]\n${text}\n`).join("");
}
