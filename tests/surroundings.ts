/**
 * The environment of this process for a swamp that a test starts: everything that reaching the network
 * or finding caches may need, without the variables that change what swamp does.
 */
export function surroundings(): Record<string, string> {
  const inherited = Object.entries(Deno.env.toObject())
    .filter(([name]) => !/^(SWAMP_|NO_COLOR$|FORCE_COLOR$|EDITOR$)/.test(name));
  return { ...Object.fromEntries(inherited), SWAMP_NO_TELEMETRY: "1" };
}
