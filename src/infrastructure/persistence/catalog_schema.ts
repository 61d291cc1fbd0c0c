/**
 * Tables of the data catalog, `.swamp/data/_catalog.db` (contract: cli-core 12.6). It is a cache: a
 * catalog of another layout is thrown away and filled again from the files.
 *
 * Paths are relative to the folder of all data, so a repository can be moved or copied.
 *
 * @module
 */

/** Changes whenever the tables change their form or their meaning. */
export const CATALOG_LAYOUT = "3";

/**
 * Creates the tables in an empty database. `catalog_folder` holds every folder down to that of a name,
 * with its stat when it was looked into, and for that of a name the path of its model's folder in
 * `model`; `metadata_stat` is that of the version's `metadata.yaml`. Small content is kept with the stat
 * that its file had, in a table of its own, so that who reads other columns need not pass it.
 */
export const CATALOG_SCHEMA = `
PRAGMA page_size = 8192;
CREATE TABLE catalog (
  type_normalized TEXT NOT NULL, model_id TEXT NOT NULL, data_name TEXT NOT NULL,
  id TEXT NOT NULL, version INTEGER NOT NULL, model_name TEXT NOT NULL, spec_name TEXT NOT NULL,
  data_type TEXT NOT NULL, content_type TEXT NOT NULL, lifetime TEXT NOT NULL,
  owner_type TEXT NOT NULL, streaming INTEGER NOT NULL, size INTEGER NOT NULL,
  created_at TEXT NOT NULL, tags TEXT NOT NULL, lifecycle TEXT NOT NULL, renamed_to TEXT NOT NULL,
  metadata_stat TEXT NOT NULL,
  PRIMARY KEY (type_normalized, model_id, data_name)) WITHOUT ROWID;
CREATE TABLE catalog_content (
  type_normalized TEXT NOT NULL, model_id TEXT NOT NULL, data_name TEXT NOT NULL,
  content_stat TEXT NOT NULL, content TEXT NOT NULL,
  PRIMARY KEY (type_normalized, model_id, data_name)) WITHOUT ROWID;
CREATE TABLE catalog_folder (
  path TEXT PRIMARY KEY, model TEXT NOT NULL, stat TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE catalog_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO catalog_meta VALUES ('layout', '${CATALOG_LAYOUT}');
`;
