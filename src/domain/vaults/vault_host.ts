/** Files that hold secrets or keys. Nobody but their owner can read what is written here. */
export interface SecretFiles {
  /** The content of a file, `undefined` if there is none. */
  read(path: string): Promise<string | undefined>;
  /** Permission bits of a file, `undefined` where the system has none. */
  permissions(path: string): Promise<number | undefined>;
  /** Creates or replaces a file in one step, readable by the owner alone, its folder too. */
  write(path: string, text: string): Promise<void>;
  /** As {@linkcode write}, but leaves alone what is there already; tells whether it wrote. */
  create(path: string, text: string): Promise<boolean>;
  /** Removes a file; tells whether there was one. */
  remove(path: string): Promise<boolean>;
  /** Names of the files in a folder; none where there is no folder. */
  names(folder: string): Promise<readonly string[]>;
  isFolder(path: string): Promise<boolean>;
  /** Removes a folder with everything in it. */
  removeFolder(path: string): Promise<void>;
}

/**
 * What built-in vault types use of the machine and the repository; the third parameter of their
 * `createProvider`.
 */
export interface VaultHost {
  /** Absolute folder with the secrets that the repository itself keeps. */
  readonly secretsFolder: string;
  /** A path of a config made absolute: `~/` is the user's home, relative ones start at the repository. */
  path(text: string): string;
  readonly files: SecretFiles;
  /** An environment variable. */
  variable(name: string): string | undefined;
  /** Names of all environment variables. */
  variableNames(): readonly string[];
  /** One line for the user: something is wrong, but the command goes on. */
  warn(message: string): void;
}
