/** Everything on stdin, as text. */
export function readStdin(): Promise<string> {
  return new Response(Deno.stdin.readable).text();
}

/**
 * Asks a question on stdout and reads one line from stdin. Only `y` and `yes` mean yes; the end of
 * input means no.
 */
export async function confirm(question: string): Promise<boolean> {
  const print = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));
  print(`${question} [y/N] `);
  const answer = await readLine();
  // A terminal has shown the line break that the user typed.
  if (!Deno.stdin.isTerminal()) print("\n");
  return /^\s*y(es)?\s*$/i.test(answer);
}

/** Asks for something on stdout and reads one line from stdin, without blanks around it. */
export async function ask(question: string): Promise<string> {
  Deno.stdout.writeSync(new TextEncoder().encode(`${question} `));
  return (await readLine()).trim();
}

async function readLine(): Promise<string> {
  const bytes: number[] = [];
  const one = new Uint8Array(1);
  while (await Deno.stdin.read(one) === 1 && one[0] !== 0x0a) bytes.push(one[0]!);
  return new TextDecoder().decode(new Uint8Array(bytes));
}
