/**
 * Making versions visible: a claim that is filled with the metadata becomes `metadata.yaml`.
 *
 * Several versions become visible together by a note in the model's folder that says which claims are
 * to be completed. Once the note is there, they will be: by its writer, or, if that dies, by the next
 * process that writes data of the model. (A redo log, in the terms of databases.)
 *
 * @module
 */
import { dirname, join, relative } from "@std/path";
import { writeFileAtomically } from "../atomic_file.ts";
import { processIsAlive } from "../process_alive.ts";
import { writeLatestHint } from "./latest_hint.ts";

/** Name of the note in a model's folder. */
const NOTE_FILE = ".publishing";

/** A claim that is to become the metadata of its version. Both paths are absolute. */
export interface ClaimCompletion {
  readonly path: string;
  readonly target: string;
}

/** What a note says. */
interface Note {
  readonly pid: number;
  readonly hostname: string;
  /** Paths relative to the model's folder. */
  readonly claims: readonly ClaimCompletion[];
}

/** Makes one version visible. */
export async function completeClaim({ path, target }: ClaimCompletion): Promise<void> {
  await Deno.rename(path, target);
}

/**
 * Makes several versions visible, all of them even if this process dies on the way.
 *
 * @param folder absolute path of the model's folder.
 */
export async function completeTogether(
  folder: string,
  claims: readonly ClaimCompletion[],
): Promise<void> {
  const note: Note = {
    pid: Deno.pid,
    hostname: Deno.hostname(),
    claims: claims.map(({ path, target }) => ({
      path: relative(folder, path),
      target: relative(folder, target),
    })),
  };
  await writeFileAtomically(join(folder, NOTE_FILE), JSON.stringify(note));
  const completed: ClaimCompletion[] = [];
  try {
    for (const claim of claims) {
      await completeClaim(claim);
      completed.push(claim);
    }
  } catch (error) {
    for (const { path, target } of completed) await Deno.rename(target, path);
    throw error;
  } finally {
    await removeNote(folder);
  }
}

/** Completes what a process that died had begun to publish together. */
export async function resumePublication(folder: string): Promise<void> {
  const note = await readNote(folder);
  if (note === undefined) return;
  if (note.hostname === Deno.hostname() && processIsAlive(note.pid)) return;
  for (const { path, target } of note.claims) {
    const version = dirname(join(folder, target));
    await ignoringMissing(Deno.rename(join(folder, path), join(folder, target)));
    await writeLatestHint(dirname(version), Number(version.split(/[/\\]/).at(-1)));
  }
  await removeNote(folder);
}

/** The note in a model's folder; `undefined` when there is none, or one that nobody can follow. */
async function readNote(folder: string): Promise<Note | undefined> {
  let text: string;
  try {
    text = await Deno.readTextFile(join(folder, NOTE_FILE));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  try {
    const note = JSON.parse(text) as Note;
    const isSafe = (path: unknown) => typeof path === "string" && !/^[/\\]|\.\.|^\w:/.test(path);
    if (note.claims.every(({ path, target }) => isSafe(path) && isSafe(target))) return note;
  } catch {
    // Somebody else has written into it: the claims are abandoned, and the next writers take them.
  }
  await removeNote(folder);
  return undefined;
}

async function removeNote(folder: string): Promise<void> {
  await ignoringMissing(Deno.remove(join(folder, NOTE_FILE)));
}

async function ignoringMissing(change: Promise<void>): Promise<void> {
  try {
    await change;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
