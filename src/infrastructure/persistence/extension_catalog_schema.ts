/**
 * Tables of the extension catalog, `.swamp/_extension_catalog.db`. It is a cache: a catalog whose
 * layout is not this one is thrown away and made again from the bundles' sidecars.
 *
 * @module
 */

/** Changes whenever the tables, the bundles or the descriptors change their form. */
export const CATALOG_LAYOUT = "4";

/** Creates the tables in an empty database. */
export const CATALOG_SCHEMA = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE folder (path TEXT PRIMARY KEY, stat TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
  path TEXT PRIMARY KEY, stat TEXT NOT NULL, hash TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (
  source_path TEXT PRIMARY KEY, rank INTEGER NOT NULL, folder TEXT NOT NULL,
  package TEXT NOT NULL, configuration TEXT NOT NULL, state TEXT NOT NULL, batch TEXT NOT NULL, bundle_path TEXT NOT NULL, error TEXT NOT NULL,
  transient INTEGER NOT NULL, claims TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX source_broken ON source (source_path) WHERE state = 'broken';
CREATE TABLE package (
  name TEXT PRIMARY KEY, stat TEXT NOT NULL, problem TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE batch (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE batch_requirement (
  batch TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (batch, path)) WITHOUT ROWID;
CREATE TABLE source_import (
  source_path TEXT NOT NULL, path TEXT NOT NULL,
  PRIMARY KEY (source_path, path)) WITHOUT ROWID;
CREATE TABLE type (
  source_path TEXT NOT NULL, kind TEXT NOT NULL, type TEXT NOT NULL, raw TEXT NOT NULL,
  version TEXT NOT NULL, description TEXT NOT NULL, active INTEGER NOT NULL,
  PRIMARY KEY (source_path, kind));
CREATE INDEX type_by_name ON type (kind, active, type, description);
CREATE TABLE descriptor (
  source_path TEXT NOT NULL, kind TEXT NOT NULL, json TEXT NOT NULL,
  PRIMARY KEY (source_path, kind));
CREATE TABLE problem (source_path TEXT NOT NULL, type TEXT NOT NULL, message TEXT NOT NULL);
`;
