// The rules in SQL with DuckDB, in memory.
//
// usage: node duckdb.mjs FOLDER DATA THREADS     (FOLDER: from prepare.py)
//
// Percentages become whole hundredths, so that both databases have the same
// rules.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, data, threads] = process.argv.slice(2);
const require = createRequire(
  (process.env.PARCHECK_BENCH_NODE ?? process.cwd()) + "/");
const { DuckDBInstance } = require("@duckdb/node-api");

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
const database = await DuckDBInstance.create(":memory:", { threads });
const connection = await database.connect();

await connection.run(`
  CREATE TABLE names AS
  SELECT * FROM read_csv(${quoted(folder + "/names.csv")}, all_varchar = true);
  CREATE TABLE numbers AS
  SELECT unit, period, name,
    CAST(CASE kind WHEN 'percent' THEN CAST(value AS DECIMAL(18, 2)) * 100
         ELSE CAST(value AS DECIMAL(18, 2)) END AS BIGINT) AS value
  FROM read_csv(${quoted(data)}, header = true, columns = {
    'unit': 'VARCHAR', 'parent': 'VARCHAR', 'period': 'VARCHAR',
    'form': 'VARCHAR', 'code': 'VARCHAR', 'value': 'VARCHAR'})
  JOIN names USING (form, code)`);
const names = await connection.runAndReadAll("SELECT name FROM names");
await connection.run(`
  CREATE TABLE submissions AS
  PIVOT numbers
  ON name IN (${names.getRows().map(([name]) => quoted(name)).join(", ")})
  USING max(value) GROUP BY unit, period`);
const failing = await connection.runAndReadAll(
  readFileSync(folder + "/rules.sql", "utf8"));
process.stdout.write(
  failing.getRows().map((row) => row.join(",") + "\n").join(""));
