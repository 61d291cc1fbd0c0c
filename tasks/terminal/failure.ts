/**
 * Runs a script's main function. What it throws is printed as one line without a stack, and the
 * process then ends with 1.
 */
export async function endingPlainly(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(`error: ${error instanceof Error ? error.message : error}`);
    Deno.exit(1);
  }
}
