import { StringType } from "./string.ts";

/** A text whose default value help does not show. */
export class SecretType extends StringType {}
