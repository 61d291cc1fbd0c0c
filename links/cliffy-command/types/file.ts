import { StringType } from "./string.ts";

/** The path of a file: a text for the program; the shell completes it with file names. */
export class FileType extends StringType {}
