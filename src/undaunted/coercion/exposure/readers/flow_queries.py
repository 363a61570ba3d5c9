"""The statements by which DuckDB reads files of flows; every one a constant.

`raw` is the file as texts, `told` its rows in our words and why a row is left out, `flow` what is
taken.
"""

from __future__ import annotations

__all__ = [
    "ADD_CODE",
    "BACI",
    "COLUMNS",
    "COMTRADE",
    "COMTRADE_OPTIONAL",
    "COUNT",
    "COUNTRIES",
    "EMPTY_CODES",
    "FLAWS",
    "FROM_CSV",
    "FROM_PARQUET",
    "LEFT_OUT",
    "MAKE",
    "NAMES",
    "NEEDED",
    "NUMBER",
    "PRODUCTS",
    "ROWS",
    "TAKE",
    "TWICE",
]

NEEDED = {
    "baci": {"t", "i", "j", "k", "v"},
    "comtrade": {"refYear", "reporterISO", "flowCode", "partnerISO", "cmdCode", "primaryValue"},
}
NAMES = {
    "baci": {"year": "t", "exporter": "i", "importer": "j", "product": "k", "value": "v"},
    "comtrade": {
        "year": "refYear",
        "exporter": "reporterISO or partnerISO",
        "importer": "reporterISO or partnerISO",
        "product": "cmdCode",
        "value": "primaryValue",
    },
}

MAKE = """
CREATE TABLE flow (
    year SMALLINT, exporter VARCHAR, importer VARCHAR, product VARCHAR, value DOUBLE
);
CREATE TABLE code (number INTEGER, iso3 VARCHAR);
"""
FROM_CSV = """
CREATE OR REPLACE TABLE raw AS
SELECT * FROM read_csv(
    ?, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
"""
FROM_PARQUET = """
CREATE OR REPLACE TABLE raw AS
SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet(?)
"""
COLUMNS = "SELECT column_name FROM information_schema.columns WHERE table_name = 'raw'"
COUNT = "SELECT count(*) FROM raw"

EMPTY_CODES = "DELETE FROM code"
ADD_CODE = "INSERT INTO code VALUES (?, ?)"

BACI = """
CREATE OR REPLACE TABLE told AS
SELECT
    raw.rowid AS line,
    CASE WHEN trim(t) NOT SIMILAR TO '.*[.]0*[1-9].*' THEN TRY_CAST(trim(t) AS SMALLINT)
        END AS year,
    t AS year_told,
    seller.iso3 AS exporter, i AS exporter_told,
    buyer.iso3 AS importer, j AS importer_told,
    CASE WHEN length(trim(k)) = 5 THEN '0' || trim(k) ELSE trim(k) END AS product,
    k AS product_told,
    TRY_CAST(trim(v) AS DOUBLE) AS value, v AS value_told,
    CASE WHEN length(trim(k)) = 5 THEN 'short' END AS repaired,
    CAST(NULL AS VARCHAR) AS left_out
FROM raw
LEFT JOIN code AS seller ON seller.number = TRY_CAST(trim(i) AS DOUBLE)
LEFT JOIN code AS buyer ON buyer.number = TRY_CAST(trim(j) AS DOUBLE)
"""

COMTRADE_OPTIONAL = """
ALTER TABLE raw ADD COLUMN IF NOT EXISTS partner2Code VARCHAR;
ALTER TABLE raw ADD COLUMN IF NOT EXISTS motCode VARCHAR;
ALTER TABLE raw ADD COLUMN IF NOT EXISTS customsCode VARCHAR;
ALTER TABLE raw ADD COLUMN IF NOT EXISTS classificationCode VARCHAR
"""
"""Where a file splits a flow by second partner, transport or procedure, its total is taken."""
COMTRADE = """
CREATE OR REPLACE TABLE told AS
WITH sorted AS (
    SELECT
        *, rowid AS line,
        coalesce(trim(partner2Code), '') NOT IN ('0', '')
        OR coalesce(trim(motCode), '') NOT IN ('0', '')
        OR coalesce(trim(customsCode), '') NOT IN ('C00', '') AS part,
        length(trim(cmdCode)) = 5
        AND upper(coalesce(trim(classificationCode), 'H')) NOT SIMILAR TO '[SB].*' AS short
    FROM raw
),
both_said AS (SELECT bool_or(trim(flowCode) = 'M' AND NOT part) AS imports FROM sorted)
SELECT
    line,
    CASE WHEN trim(refYear) NOT SIMILAR TO '.*[.]0*[1-9].*' THEN TRY_CAST(trim(refYear) AS SMALLINT)
        END AS year, refYear AS year_told,
    upper(trim(CASE trim(flowCode) WHEN 'M' THEN partnerISO ELSE reporterISO END)) AS exporter,
    CASE trim(flowCode) WHEN 'M' THEN partnerISO ELSE reporterISO END AS exporter_told,
    upper(trim(CASE trim(flowCode) WHEN 'M' THEN reporterISO ELSE partnerISO END)) AS importer,
    CASE trim(flowCode) WHEN 'M' THEN reporterISO ELSE partnerISO END AS importer_told,
    CASE WHEN short THEN '0' || trim(cmdCode) ELSE trim(cmdCode) END AS product,
    cmdCode AS product_told,
    TRY_CAST(trim(primaryValue) AS DOUBLE) / 1000 AS value, primaryValue AS value_told,
    CASE WHEN short THEN 'short' END AS repaired,
    CASE
        WHEN trim(flowCode) NOT IN ('M', 'X') THEN 'other_flow'
        WHEN trim(flowCode) = 'X' AND imports THEN 'exports'
        WHEN trim(partnerISO) IN ('W00', 'WLD', '') OR partnerISO IS NULL THEN 'world'
        WHEN length(trim(cmdCode)) <> 6 AND NOT short THEN 'aggregate'
        WHEN trim(partnerISO) SIMILAR TO '[A-Z]?[0-9]+.*|_X.*' THEN 'no_country'
        WHEN part THEN 'part'
    END AS left_out
FROM sorted, both_said
"""

FLAWS = (
    (
        "year",
        "a year from 1962 to 2100 is asked for",
        (
            "SELECT year_told, line FROM told WHERE left_out IS NULL"
            " AND (year IS NULL OR year NOT BETWEEN 1962 AND 2100) ORDER BY line LIMIT 1"
        ),
    ),
    (
        "exporter",
        "is no country that is known; put BACI's file of country codes beside the data",
        (
            "SELECT exporter_told, line FROM told WHERE left_out IS NULL"
            " AND (exporter IS NULL OR exporter NOT IN (SELECT iso3 FROM code))"
            " ORDER BY line LIMIT 1"
        ),
    ),
    (
        "importer",
        "is no country that is known; put BACI's file of country codes beside the data",
        (
            "SELECT importer_told, line FROM told WHERE left_out IS NULL"
            " AND (importer IS NULL OR importer NOT IN (SELECT iso3 FROM code))"
            " ORDER BY line LIMIT 1"
        ),
    ),
    (
        "product",
        "a code of six figures of the Harmonized System is asked for",
        (
            "SELECT product_told, line FROM told WHERE left_out IS NULL"
            " AND (product IS NULL OR NOT product SIMILAR TO '[0-9]{6}') ORDER BY line LIMIT 1"
        ),
    ),
    (
        "value",
        "a number that is not below zero is asked for",
        (
            "SELECT value_told, line FROM told WHERE left_out IS NULL"
            " AND (value IS NULL OR NOT isfinite(value) OR value < 0) ORDER BY line LIMIT 1"
        ),
    ),
)
LEFT_OUT = (
    (
        "product codes of five figures had lost their leading zero and were given it back",
        "SELECT count(*) FROM told WHERE repaired = 'short' AND left_out IS NULL",
    ),
    (
        "rows of re-imports, re-exports or other flows were left out",
        "SELECT count(*) FROM told WHERE left_out = 'other_flow'",
    ),
    (
        "rows of exports were left out: imports are there, and the importer's word is taken",
        "SELECT count(*) FROM told WHERE left_out = 'exports'",
    ),
    (
        "rows of trade with the world as a whole were left out",
        "SELECT count(*) FROM told WHERE left_out = 'world'",
    ),
    (
        "rows of products with other than six figures were left out",
        "SELECT count(*) FROM told WHERE left_out = 'aggregate'",
    ),
    (
        "rows of partners that are no country were left out",
        "SELECT count(*) FROM told WHERE left_out = 'no_country'",
    ),
    (
        "rows of parts of a flow (second partner, transport, procedure) were left out",
        "SELECT count(*) FROM told WHERE left_out = 'part'",
    ),
    (
        "flows were left out whole: the file has parts of them and no total",
        (
            "SELECT count(*) FROM (SELECT year, exporter, importer, product FROM told"
            " WHERE left_out = 'part' EXCEPT"
            " SELECT year, exporter, importer, product FROM told WHERE left_out IS NULL)"
        ),
    ),
    (
        "rows without any value were left out",
        "SELECT count(*) FROM told WHERE left_out IS NULL AND value = 0",
    ),
    (
        "rows of a country with itself were left out",
        "SELECT count(*) FROM told WHERE left_out IS NULL AND value > 0 AND exporter = importer",
    ),
)
TAKE = """
INSERT INTO flow
SELECT year, exporter, importer, product, value FROM told
WHERE left_out IS NULL AND value > 0 AND exporter <> importer
"""
TWICE = """
SELECT year, exporter, importer, product FROM flow
GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT 1
"""
NUMBER = """
CREATE TABLE country AS
SELECT iso3, row_number() OVER (ORDER BY iso3) - 1 AS number
FROM (SELECT exporter AS iso3 FROM flow UNION SELECT importer FROM flow);
CREATE TABLE good AS
SELECT product, row_number() OVER (ORDER BY product) - 1 AS number
FROM (SELECT DISTINCT product FROM flow)
"""
COUNTRIES = "SELECT iso3 FROM country ORDER BY number"
PRODUCTS = "SELECT product FROM good ORDER BY number"
ROWS = """
SELECT
    year, seller.number::SMALLINT AS exporter, buyer.number::SMALLINT AS importer,
    good.number::INTEGER AS product, value
FROM flow
JOIN country AS seller ON seller.iso3 = exporter
JOIN country AS buyer ON buyer.iso3 = importer
JOIN good ON good.product = flow.product
ORDER BY year, seller.number, buyer.number, good.number
"""
