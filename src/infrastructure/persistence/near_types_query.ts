import type { ExtensionKind } from "../../domain/extensions/kinds.ts";
import { nearness, RELATED_LIMIT } from "../../domain/extensions/type_ranking.ts";

/** A query of the extension catalog and what is bound in it. */
export interface CatalogQuery {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** Longer queries than any name are answered with all types. */
const LONGEST_QUERY = 100;

/**
 * The types of a kind that `rankTypes` would show for a query, and some more: those whose name
 * contains it, those whose name or last segment has about its length and a part of it, and the first
 * of those that mention it. The others need not leave the database.
 *
 * Of a text that is cut into one part more than it has mistakes, one part is without mistake.
 */
export function nearTypesQuery(kind: ExtensionKind, query: string): CatalogQuery {
  const { wanted, tolerance, words } = nearness(query);
  const select = "SELECT source_path, kind, type, raw, version, description FROM type " +
    "WHERE kind = ? AND active = 1";
  // SQLite has no lower case for letters beyond ASCII.
  if (wanted.length > LONGEST_QUERY || !/^[\x20-\x7e]*$/.test(wanted)) {
    return { sql: `${select} ORDER BY type`, values: [kind] };
  }
  const [shortest, longest] = [wanted.length - tolerance, wanted.length + tolerance];
  const segments = Array.from({ length: longest - shortest + 1 }, (_, index) => shortest + index);
  const parts = partsOf(wanted, tolerance + 1);
  const mentions = words.map(() => "instr(lower(type || ' ' || description), ?) > 0");
  return {
    sql: `${select} AND (instr(type, ?) > 0
      OR (length(type) BETWEEN ? AND ? ${
      segments.map(() => "OR substr(type, ?, 1) = '/'").join(" ")
    })
        AND (${parts.map(() => "instr(type, ?) > 0").join(" OR ")})
      OR type IN (SELECT type FROM type WHERE kind = ? AND active = 1 AND instr(type, ?) = 0
        AND ${mentions.join(" AND ")} ORDER BY type LIMIT ${RELATED_LIMIT}))
      ORDER BY type`,
    values: [
      ...[kind, wanted, shortest, longest],
      ...segments.map((length) => -length - 1),
      ...parts,
      ...[kind, wanted, ...words],
    ],
  };
}

/** A text in a number of parts of about the same length. */
function partsOf(text: string, count: number): string[] {
  const cut = (index: number) => Math.floor(index * text.length / count);
  return Array.from({ length: count }, (_, index) => text.slice(cut(index), cut(index + 1)));
}
