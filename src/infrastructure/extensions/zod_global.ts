/** Name of the global through which bundles reach swamp's zod (contract: extensions 2.2). */
export const ZOD_GLOBAL = "__swamp_zod";
