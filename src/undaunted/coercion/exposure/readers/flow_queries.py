"""The statements by which DuckDB reads files of flows; every one a constant.

`raw` is the file as texts, `told` its rows in our words and why a row is left out, `flow` what is
taken.
"""

from __future__ import annotations

__all__ = [
    "ADD_CODE",
    "ADD_COUNTRY",
    "BACI",
    "COMTRADE",
    "COMTRADE_OPTIONAL",
    "COUNT",
    "EMPTY",
    "EMPTY_CODES",
    "FLAWS",
    "FROM_CSV",
    "FROM_PARQUET",
    "GOODS",
    "HEAD_OF_CSV",
    "HEAD_OF_PARQUET",
    "LEFT_OUT",
    "MAKE",
    "NAMES",
    "NEEDED",
    "NUMBER",
    "RAW_TEXTS",
    "ROWS",
    "TAKE",
    "USED",
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

RAW_TEXTS = {
    "baci": {
        "year": "SELECT t FROM raw WHERE rowid = ?",
        "exporter": "SELECT i FROM raw WHERE rowid = ?",
        "importer": "SELECT j FROM raw WHERE rowid = ?",
        "product": "SELECT k FROM raw WHERE rowid = ?",
        "value": "SELECT v FROM raw WHERE rowid = ?",
    },
    "comtrade": {
        "year": "SELECT refYear FROM raw WHERE rowid = ?",
        "exporter": (
            "SELECT CASE trim(flowCode) WHEN 'M' THEN partnerISO ELSE reporterISO END FROM raw"
            " WHERE rowid = ?"
        ),
        "importer": (
            "SELECT CASE trim(flowCode) WHEN 'M' THEN reporterISO ELSE partnerISO END FROM raw"
            " WHERE rowid = ?"
        ),
        "product": "SELECT cmdCode FROM raw WHERE rowid = ?",
        "value": "SELECT primaryValue FROM raw WHERE rowid = ?",
    },
}
"""What stands in a row that is refused."""

MAKE = """
CREATE TYPE why AS ENUM ('other_flow', 'exports', 'world', 'aggregate', 'no_country', 'part');
CREATE TABLE flow (
    year SMALLINT, exporter SMALLINT, importer SMALLINT, product INTEGER, value DOUBLE
);
CREATE TABLE code (number INTEGER, iso3 VARCHAR, id SMALLINT);
"""
"""Countries and products are numbers here: texts would take four times the room."""
HEAD_OF_CSV = """
SELECT * FROM read_csv(
    ?, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
) LIMIT 0
"""
HEAD_OF_PARQUET = "SELECT * FROM read_parquet(?) LIMIT 0"
FROM_CSV = {
    "baci": """
CREATE OR REPLACE TABLE raw AS
SELECT t, i, j, k, v FROM read_csv(
    ?, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
""",
    "comtrade": """
CREATE OR REPLACE TABLE raw AS
SELECT * FROM read_csv(
    ?, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
""",
}
FROM_PARQUET = {
    "baci": """
CREATE OR REPLACE TABLE raw AS
SELECT CAST(COLUMNS(['t', 'i', 'j', 'k', 'v']) AS VARCHAR) FROM read_parquet(?)
""",
    "comtrade": """
CREATE OR REPLACE TABLE raw AS
SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet(?)
""",
}
COUNT = "SELECT count(*) FROM raw"
EMPTY = "DROP TABLE told; DROP TABLE raw"

EMPTY_CODES = "DELETE FROM code"
ADD_CODE = "INSERT INTO code VALUES (?, ?, ?)"

BACI = """
CREATE OR REPLACE TABLE told AS
SELECT
    raw.rowid AS line,
    CASE WHEN trim(t) NOT SIMILAR TO '.*[.]0*[1-9].*' THEN TRY_CAST(trim(t) AS SMALLINT)
        END AS year,
    seller.id AS exporter,
    buyer.id AS importer,
    CASE WHEN trim(k) SIMILAR TO '[0-9]{5,6}' THEN CAST(trim(k) AS INTEGER) END AS product,
    TRY_CAST(trim(v) AS DOUBLE) AS value,
    length(trim(k)) = 5 AS short,
    CAST(NULL AS why) AS left_out
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
WITH named AS (SELECT iso3, min(id) AS id FROM code GROUP BY iso3),
sorted AS (
    SELECT
        *, rowid AS line,
        coalesce(trim(partner2Code), '') NOT IN ('0', '')
        OR coalesce(trim(motCode), '') NOT IN ('0', '')
        OR coalesce(trim(customsCode), '') NOT IN ('C00', '') AS part,
        length(trim(cmdCode)) = 5
        AND upper(coalesce(trim(classificationCode), 'H')) NOT SIMILAR TO '[SB].*' AS short,
        upper(trim(CASE trim(flowCode) WHEN 'M' THEN partnerISO ELSE reporterISO END)) AS seller,
        upper(trim(CASE trim(flowCode) WHEN 'M' THEN reporterISO ELSE partnerISO END)) AS buyer
    FROM raw
),
both_said AS (SELECT bool_or(trim(flowCode) = 'M' AND NOT part) AS imports FROM sorted)
SELECT
    line,
    CASE WHEN trim(refYear) NOT SIMILAR TO '.*[.]0*[1-9].*' THEN TRY_CAST(trim(refYear) AS SMALLINT)
        END AS year,
    sold.id AS exporter,
    bought.id AS importer,
    CASE WHEN trim(cmdCode) SIMILAR TO '[0-9]{6}' OR short AND trim(cmdCode) SIMILAR TO '[0-9]{5}'
        THEN CAST(trim(cmdCode) AS INTEGER) END AS product,
    TRY_CAST(trim(primaryValue) AS DOUBLE) / 1000 AS value,
    short,
    CAST(CASE
        WHEN trim(flowCode) NOT IN ('M', 'X') THEN 'other_flow'
        WHEN trim(flowCode) = 'X' AND imports THEN 'exports'
        WHEN trim(partnerISO) IN ('W00', 'WLD', '') OR partnerISO IS NULL THEN 'world'
        WHEN length(trim(cmdCode)) <> 6 AND NOT short THEN 'aggregate'
        WHEN trim(partnerISO) SIMILAR TO '[A-Z]?[0-9]+.*|_X.*' THEN 'no_country'
        WHEN part THEN 'part'
    END AS why) AS left_out
FROM sorted CROSS JOIN both_said
LEFT JOIN named AS sold ON sold.iso3 = seller
LEFT JOIN named AS bought ON bought.iso3 = buyer
"""

FLAWS = (
    (
        "year",
        "a year from 1962 to 2100 is asked for",
        (
            "SELECT min(line) FROM told WHERE left_out IS NULL"
            " AND (year IS NULL OR year NOT BETWEEN 1962 AND 2100)"
        ),
    ),
    (
        "exporter",
        "is no country that is known; put BACI's file of country codes beside the data",
        "SELECT min(line) FROM told WHERE left_out IS NULL AND exporter IS NULL",
    ),
    (
        "importer",
        "is no country that is known; put BACI's file of country codes beside the data",
        "SELECT min(line) FROM told WHERE left_out IS NULL AND importer IS NULL",
    ),
    (
        "product",
        "a code of six figures of the Harmonized System is asked for",
        "SELECT min(line) FROM told WHERE left_out IS NULL AND product IS NULL",
    ),
    (
        "value",
        "a number that is not below zero is asked for",
        (
            "SELECT min(line) FROM told WHERE left_out IS NULL"
            " AND (value IS NULL OR NOT isfinite(value) OR value < 0)"
        ),
    ),
)
LEFT_OUT = (
    (
        "product codes of five figures had lost their leading zero and were given it back",
        "SELECT count(*) FROM told WHERE short AND left_out IS NULL",
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
USED = "SELECT DISTINCT exporter FROM flow UNION SELECT DISTINCT importer FROM flow"
GOODS = "SELECT DISTINCT product FROM flow ORDER BY product"
NUMBER = "CREATE TABLE country (id SMALLINT, number SMALLINT)"
ADD_COUNTRY = "INSERT INTO country VALUES (?, ?)"
ROWS = """
SELECT
    year, seller.number AS exporter, buyer.number AS importer,
    (good.number - 1)::INTEGER AS product, value
FROM flow
JOIN country AS seller ON seller.id = exporter
JOIN country AS buyer ON buyer.id = importer
JOIN (
    SELECT product, row_number() OVER (ORDER BY product) AS number
    FROM (SELECT DISTINCT product FROM flow)
) AS good ON good.product = flow.product
ORDER BY year, seller.number, buyer.number, good.number
"""
