#!/bin/sh
# The rules in SQL with the command line of SQLite, in memory.
#
# usage: sqlite.sh FOLDER DATA     (FOLDER: from prepare.py)
#
# Percentages are whole hundredths, because SQLite has no decimals.
set -eu
cd "$1"
exec sqlite3 -batch -bail :memory: <<SQL
.mode csv
.import '$2' long
.import names.csv names
CREATE TEMP VIEW numbers AS
SELECT unit, period, name,
  CAST(CASE WHEN long.value = '' THEN NULL
       WHEN kind = 'percent' THEN replace(long.value, '.', '')
       ELSE long.value END AS INTEGER) AS value
FROM long JOIN names USING (form, code);
.read pivot.sql
.headers off
.read rules.sql
SQL
