/** The parts of a path, as `parse` gives them. */
export interface ParsedPath {
  /** The root, such as `/` or `C:\`; empty if the path is relative. */
  root: string;
  /** The folder, such as `/home/user`; empty if the path is a mere name. */
  dir: string;
  /** The last name, such as `index.html`. */
  base: string;
  /** The extension with its dot, such as `.html`. */
  ext: string;
  /** The last name without the extension, such as `index`. */
  name: string;
}

/** The parts that `format` builds a path from. */
export type FormatInputPathObject = Partial<ParsedPath>;
