/** Version of this build, `YYYYMMDD.HHMMSS.N-sha.<sha>`; `deno task compile` writes the real one. */
export const VERSION = "20261120.000000.0-sha.dev";
