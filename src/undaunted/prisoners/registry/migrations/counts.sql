-- What is counted of published cases, and the one door by which the desk asks for it anew.
--
-- The stock is kept as changes, never as levels: a case adds to the year, the month and (for the
-- whole world, and for everybody of a country) the third of a month into which a day of it falls,
-- so that publishing or taking down touches some hundred rows whatever the size. What remains since the last of these days is
-- read from the segments themselves (queries/stock.py; decision 0011).

-- Changes up to this day, and after the day that ends the period before, are one row.
CREATE OR REPLACE FUNCTION registry_period_end(day date, grain text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE grain
        WHEN 'year' THEN (date_trunc('year', day - 1) + interval '1 year')::date
        WHEN 'month' THEN (date_trunc('month', day - 1) + interval '1 month')::date
        ELSE CASE WHEN extract(day FROM day) = 1 THEN day
                  WHEN extract(day FROM day) <= 11 THEN date_trunc('month', day)::date + 10
                  WHEN extract(day FROM day) <= 21 THEN date_trunc('month', day)::date + 20
                  ELSE (date_trunc('month', day) + interval '1 month')::date END
    END
$$;

-- The place of a band among the sixteen: tier, then verified, then certain (rules/counts.py).
CREATE OR REPLACE FUNCTION registry_band(tier text, verified boolean, certain boolean) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE tier WHEN 'B' THEN 4 WHEN 'C' THEN 8 WHEN 'D' THEN 12 ELSE 0 END
        + CASE WHEN verified THEN 2 ELSE 0 END + CASE WHEN certain THEN 1 ELSE 0 END + 1
$$;

-- The values under which a case is counted; the part '' tells that it has none.
CREATE OR REPLACE FUNCTION registry_facets(cases uuid[])
RETURNS TABLE(case_id uuid, facet text, value text)
LANGUAGE sql STABLE ROWS 200 SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT c.id, f.facet, f.value
    FROM published_case c CROSS JOIN LATERAL (
        VALUES ('all', ''), ('country', c.country), ('gender', c.gender), ('status', c.status),
            ('tier', c.tier), ('held_now', c.held_now::text)
        UNION ALL SELECT 'role', unnest(CASE WHEN c.roles = '{}' THEN '{""}' ELSE c.roles END)
        UNION ALL SELECT 'law', unnest(CASE WHEN c.laws = '{}' THEN '{""}' ELSE c.laws END)
        UNION ALL SELECT 'list', unnest(CASE WHEN c.lists = '{}' THEN '{""}' ELSE c.lists END)
    ) AS f(facet, value)
    WHERE c.id = ANY (cases)
$$;

-- Adds what these cases change in the stock, all cases with NULL (the table is empty then); with
-- sign -1 takes it back. The standard '*' counts whoever was held, by the country of the case.
CREATE OR REPLACE FUNCTION registry_add_changes(cases uuid[], sign int) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET jit = off AS $$
DECLARE
    sums CONSTANT text := (
        SELECT string_agg(format('coalesce(sum(f.change) FILTER (WHERE f.band = %s), 0)', n), ', ')
        FROM generate_series(1, 16) n);
    totals CONSTANT text := (
        SELECT string_agg(format('sum(f.bands[%s])', n), ', ') FROM generate_series(1, 16) n);
    statement CONSTANT text := format($q$
        INSERT INTO published_delta (standard, country, facet, value, grain, until, bands)
        WITH member AS MATERIALIZED (
            SELECT c.id, c.country, ARRAY['all,', 'gender,' || c.gender]
                || CASE WHEN c.roles = '{}' THEN '{"role,"}'
                        ELSE ARRAY(SELECT 'role,' || r FROM unnest(c.roles) r) END
                || CASE WHEN c.laws = '{}' THEN '{"law,"}'
                        ELSE ARRAY(SELECT 'law,' || l FROM unnest(c.laws) l) END AS marks,
                CASE WHEN c.lists = '{}' THEN '{"list,"}'
                     ELSE ARRAY(SELECT 'list,' || l FROM unnest(c.lists) l) END AS listed,
                ARRAY['country,' || c.country, 'status,' || c.status, 'tier,' || c.tier,
                      'held_now,' || c.held_now] AS found
            FROM published_case c WHERE %3$s
        ), crossed AS MATERIALIZED (
            SELECT s.case_id, s.standard,
                registry_band(s.tier, s.verified, s.certain) AS band, d.change, d.day,
                CASE WHEN s.standard = '*' THEN '' ELSE s.country END AS country
            FROM published_segment s
            CROSS JOIN LATERAL (VALUES (s.start_on, 1), (s.end_on, -1)) AS d(day, change)
            WHERE s.known_to = 'infinity' AND d.day < 'infinity' AND %4$s
        ), third AS MATERIALIZED (
            -- Days are few and periods fewer, so each is worked out once.
            SELECT d.day, registry_period_end(d.day, 'third') AS until
            FROM (SELECT DISTINCT day FROM crossed) d
        ), crossing AS (
            SELECT x.*, t.until FROM crossed x JOIN third t ON t.day = x.day
        ), marked AS (
            -- Sixteen sums are made of what is left, not of every mark of every crossing.
            SELECT f.standard, f.country, f.mark, f.until, f.band, sum(f.change) AS change
            FROM (
                SELECT x.standard, x.until, x.band, x.change,
                    CASE WHEN x.standard = '*' THEN m.country ELSE x.country END AS country,
                    unnest(m.marks || CASE WHEN x.standard = '*' THEN m.found ELSE m.listed END)
                        AS mark
                FROM crossing x JOIN member m ON m.id = x.case_id) f
            GROUP BY f.standard, f.country, f.mark, f.until, f.band
        ), fine AS MATERIALIZED (
            SELECT f.standard, f.country, split_part(f.mark, ',', 1) AS facet,
                substr(f.mark, strpos(f.mark, ',') + 1) AS value, f.until,
                ARRAY[%1$s]::int[] AS bands
            FROM marked f GROUP BY f.standard, f.country, f.mark, f.until
        ), period AS MATERIALIZED (
            SELECT u.until, g.grain, registry_period_end(u.until, g.grain) AS whole
            FROM (SELECT DISTINCT until FROM fine) u
            CROSS JOIN (VALUES ('year'), ('month'), ('third')) AS g(grain)
        ), rolled AS (
            SELECT f.standard, x.country, f.facet, f.value, p.grain, p.whole AS until,
                ARRAY[%2$s]::int[] AS bands
            FROM fine f JOIN period p ON p.until = f.until
            CROSS JOIN LATERAL (VALUES (f.country), ('*')) AS x(country)
            WHERE x.country = '*' OR f.facet = 'all' OR p.grain <> 'third'
            GROUP BY 1, 2, 3, 4, 5, 6
        )
        SELECT r.standard, r.country, r.facet, r.value, r.grain, r.until,
            ARRAY(SELECT %5$s * n FROM unnest(r.bands) AS n)
        FROM rolled r WHERE 0 <> ANY (r.bands)
        ORDER BY r.standard, r.facet, r.country, r.grain, r.until, r.value
    $q$, sums, totals, CASE WHEN cases IS NULL THEN 'true' ELSE 'c.id = ANY ($1)' END,
        CASE WHEN cases IS NULL THEN 'true' ELSE 's.case_id = ANY ($1)' END, sign);
    gone bigint[];
BEGIN
    IF cases IS NULL THEN
        EXECUTE statement;
        RETURN;
    END IF;
    EXECUTE format($q$
        WITH added AS (
            %s ON CONFLICT (standard, facet, country, grain, until, value) DO UPDATE
            SET bands = ARRAY(SELECT a + b FROM unnest(published_delta.bands, excluded.bands)
                              AS n(a, b))
            RETURNING id, bands
        ) SELECT array_agg(id) FROM added WHERE 0 = ALL (bands)
    $q$, statement) INTO gone USING cases;
    DELETE FROM published_delta WHERE id = ANY (gone);
END $$;

-- The same for crossings into and out of the headline stock, day by day.
CREATE OR REPLACE FUNCTION registry_add_flows(cases uuid[], sign int) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET jit = off AS $$
DECLARE gone bigint[];
BEGIN
    WITH added AS (
        INSERT INTO published_flow (standard, country, day, kind, persons)
        SELECT m.standard, m.country, m.day, m.kind, sign * count(*)
        FROM published_movements(NULL, '9999-01-01 00:00:00+00', cases) m
        GROUP BY m.standard, m.country, m.day, m.kind
        ON CONFLICT (standard, country, day, kind) DO UPDATE
        SET persons = published_flow.persons + excluded.persons
        RETURNING id, persons
    ) SELECT array_agg(id) INTO gone FROM added WHERE persons = 0;
    DELETE FROM published_flow WHERE id = ANY (gone);
END $$;

-- The same for what a search counts: cells, values two by two, and publishers by country.
CREATE OR REPLACE FUNCTION registry_add_cases(cases uuid[], sign int) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET jit = off AS $$
DECLARE gone bigint[];
BEGIN
    WITH added AS (
        INSERT INTO published_cell
            (id, country, gender, roles, laws, status, tier, held_now, persons)
        SELECT cell, min(country), min(gender), min(roles), min(laws), min(status), min(tier),
            bool_and(held_now), sign * count(*)
        FROM published_case WHERE id = ANY (cases) GROUP BY cell
        ON CONFLICT (id) DO UPDATE SET persons = published_cell.persons + excluded.persons
        RETURNING id, persons
    ) SELECT array_agg(id) INTO gone FROM added WHERE persons = 0;
    DELETE FROM published_cell WHERE id = ANY (gone);
    WITH one AS MATERIALIZED (
        SELECT * FROM registry_facets(cases) WHERE facet <> 'list'
    ), added AS (
        INSERT INTO published_pair (within, within_value, facet, value, persons)
        SELECT w.facet, w.value, o.facet, o.value, sign * count(*)
        FROM one w JOIN one o ON o.case_id = w.case_id
        GROUP BY w.facet, w.value, o.facet, o.value
        ON CONFLICT (within, within_value, facet, value) DO UPDATE
        SET persons = published_pair.persons + excluded.persons
        RETURNING id, persons
    ) SELECT array_agg(id) INTO gone FROM added WHERE persons = 0;
    DELETE FROM published_pair WHERE id = ANY (gone);
    WITH added AS (
        INSERT INTO published_publisher (country, publisher, cases)
        SELECT c.country, s.publisher, sign * count(DISTINCT s.case_id)
        FROM published_source s JOIN published_case c ON c.id = s.case_id
        WHERE s.case_id = ANY (cases) AND s.publisher <> ''
        GROUP BY c.country, s.publisher
        ON CONFLICT (country, publisher) DO UPDATE
        SET cases = published_publisher.cases + excluded.cases
        RETURNING id, published_publisher.cases AS left
    ) SELECT array_agg(id) INTO gone FROM added WHERE "left" = 0;
    DELETE FROM published_publisher WHERE id = ANY (gone);
END $$;

-- Whoever keeps a page or a file compares this number: another number, another truth.
CREATE OR REPLACE FUNCTION registry_mark_change() RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO published_version (id, number) VALUES (1, gen_random_uuid())
    ON CONFLICT (id) DO UPDATE SET number = excluded.number
$$;

-- What the lists of these cases are called, of all with NULL.
CREATE OR REPLACE FUNCTION registry_write_lists(cases uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    WITH named AS MATERIALIZED (
        SELECT DISTINCT l.slug FROM published_case c CROSS JOIN LATERAL unnest(c.lists) AS l(slug)
        WHERE cases IS NULL OR c.id = ANY (cases)
    )
    INSERT INTO published_list (slug, name, publisher, url)
    SELECT DISTINCT ON (l.slug) l.slug, l.name, l.publisher, l.url
    FROM registry_sourcelist l JOIN named n ON n.slug = l.slug ORDER BY l.slug, l.recorded_at
    ON CONFLICT (slug) DO UPDATE
    SET name = excluded.name, publisher = excluded.publisher, url = excluded.url
    WHERE (published_list.name, published_list.publisher, published_list.url)
        <> (excluded.name, excluded.publisher, excluded.url);
END $$;

-- The one door of the desk: these persons' projections are made anew from the ledger.
CREATE OR REPLACE FUNCTION registry_project(parties uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_nestloop = on SET jit = off AS $$
DECLARE groups uuid[]; cases uuid[]; refs text[]; few CONSTANT int := 50;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('registry_project', 0));
    groups := registry_groups(parties);
    cases := ARRAY(SELECT DISTINCT unnest(groups || parties));
    IF cardinality(cases) > few THEN PERFORM set_config('enable_nestloop', 'off', true); END IF;
    SELECT array_agg(r.reference) INTO refs
    FROM published_case c CROSS JOIN LATERAL unnest(c.reference || c.merged) AS r(reference)
    WHERE c.id = ANY (cases);
    PERFORM registry_add_changes(cases, -1);
    PERFORM registry_add_flows(cases, -1);
    PERFORM registry_add_cases(cases, -1);
    PERFORM registry_add_places(cases, -1);
    PERFORM registry_forget(cases);
    PERFORM registry_write_cases(groups);
    PERFORM registry_write_details(groups);
    PERFORM registry_write_lists(cases);
    PERFORM registry_add_changes(cases, 1);
    PERFORM registry_add_flows(cases, 1);
    PERFORM registry_add_cases(cases, 1);
    PERFORM registry_add_places(cases, 1);
    INSERT INTO published_tombstone (reference, taken_down_on)
    SELECT DISTINCT gone, current_date FROM (
        SELECT unnest(refs) AS gone
        UNION SELECT b.reference FROM registry_publication b JOIN actors_party p ON p.id = b.party_id
              WHERE p.canonical = ANY (groups) AND b.state = 'taken_down') r
    WHERE NOT EXISTS (SELECT FROM published_case c WHERE c.reference = r.gone)
      -- A reference that was merged leads to its case for as long as that one is public.
      AND r.gone NOT IN (
          SELECT unnest(c.merged) FROM published_case c WHERE c.id = ANY (cases))
    ON CONFLICT (reference) DO NOTHING;
    DELETE FROM published_tombstone WHERE reference IN (
        SELECT unnest(c.reference || c.merged) FROM published_case c WHERE c.id = ANY (cases));
    PERFORM registry_mark_change();
END $$;

-- Everything anew, by the owner: the cases in portions, so that a million needs little memory;
-- what is counted, and the indexes, once at the end.
CREATE OR REPLACE FUNCTION registry_project_all() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET work_mem = '128MB'
SET enable_nestloop = off SET jit = off AS $$
DECLARE
    everyone uuid[]; portion uuid[]; index record; indexes text[] := '{}'; made text;
    size CONSTANT int := 20000; place int := 1; began CONSTANT timestamptz := clock_timestamp();
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('registry_project', 0));
    TRUNCATE published_case, published_name, published_spell, published_segment, published_source,
        published_delta, published_flow, published_cell, published_pair, published_publisher,
        published_place, published_posting;
    -- Those who were recorded together lie together: a portion reads few pages, not all of them.
    SELECT array_agg(w.canonical ORDER BY w.place) INTO everyone
    FROM (SELECT coalesce(g.canonical, p.canonical) AS canonical, min(p.ctid) AS place
          FROM registry_publication b JOIN actors_party p ON p.id = b.party_id
          LEFT JOIN registry_grouping g ON g.party_id = p.id
          WHERE b.state = 'published' GROUP BY 1) w;
    FOR index IN SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
        FROM pg_index i WHERE NOT i.indisunique AND i.indrelid = ANY (ARRAY['published_case',
            'published_name', 'published_spell', 'published_segment', 'published_source',
            'published_posting']::regclass[])
    LOOP
        indexes := indexes || index.definition;
        EXECUTE 'DROP INDEX ' || index.name;
    END LOOP;
    WHILE place <= coalesce(cardinality(everyone), 0) LOOP
        portion := everyone[place : place + size - 1];
        PERFORM registry_write_cases(portion);
        PERFORM registry_write_details(portion);
        place := place + size;
        RAISE NOTICE '% of % cases written after % s', least(place - 1, cardinality(everyone)),
            cardinality(everyone), round(extract(epoch FROM clock_timestamp() - began));
    END LOOP;
    PERFORM registry_place_all();
    RAISE NOTICE 'places given after % s', round(extract(epoch FROM clock_timestamp() - began));
    FOREACH made IN ARRAY indexes LOOP EXECUTE made; END LOOP;
    ANALYZE published_case, published_segment, published_source;
    PERFORM registry_write_lists(NULL);
    RAISE NOTICE 'indexes made after % s', round(extract(epoch FROM clock_timestamp() - began));
    PERFORM registry_count_all(everyone, size);
    RAISE NOTICE 'counted after % s', round(extract(epoch FROM clock_timestamp() - began));
    INSERT INTO published_tombstone (reference, taken_down_on)
    SELECT reference, coalesce(taken_down_at::date, current_date) FROM registry_publication
    WHERE state = 'taken_down' ON CONFLICT (reference) DO NOTHING;
    DELETE FROM published_tombstone
    WHERE reference IN (SELECT unnest(c.reference || c.merged) FROM published_case c);
    PERFORM registry_mark_change();
    RETURN (SELECT count(*) FROM published_case);
END $$;

-- What is counted, from empty tables: movements portion by portion, the rest at once.
CREATE OR REPLACE FUNCTION registry_count_all(everyone uuid[], size int) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET work_mem = '128MB'
SET enable_nestloop = off SET jit = off AS $$
DECLARE place int := 1;
BEGIN
    CREATE TEMP TABLE moved (standard text, country text, day date, kind text, persons bigint)
        ON COMMIT DROP;
    WHILE place <= coalesce(cardinality(everyone), 0) LOOP
        INSERT INTO moved SELECT m.standard, m.country, m.day, m.kind, count(*)
        FROM published_movements(NULL, '9999-01-01 00:00:00+00', everyone[place : place + size - 1])
            AS m
        GROUP BY m.standard, m.country, m.day, m.kind;
        place := place + size;
    END LOOP;
    INSERT INTO published_flow (standard, country, day, kind, persons)
    SELECT standard, country, day, kind, sum(persons) FROM moved GROUP BY 1, 2, 3, 4;
    DROP TABLE moved;
    PERFORM registry_add_changes(NULL, 1);
    INSERT INTO published_cell (id, country, gender, roles, laws, status, tier, held_now, persons)
    SELECT cell, min(country), min(gender), min(roles), min(laws), min(status), min(tier),
        bool_and(held_now), count(*)
    FROM published_case GROUP BY cell;
    INSERT INTO published_pair (within, within_value, facet, value, persons)
    WITH one AS MATERIALIZED (
        SELECT c.id, c.persons, f.facet, f.value
        FROM published_cell c CROSS JOIN LATERAL (
            VALUES ('all', ''), ('country', c.country), ('gender', c.gender), ('status', c.status),
                ('tier', c.tier), ('held_now', c.held_now::text)
            UNION ALL SELECT 'role', unnest(CASE WHEN c.roles = '{}' THEN '{""}' ELSE c.roles END)
            UNION ALL SELECT 'law', unnest(CASE WHEN c.laws = '{}' THEN '{""}' ELSE c.laws END)
        ) AS f(facet, value)
    )
    SELECT w.facet, w.value, o.facet, o.value, sum(w.persons)
    FROM one w JOIN one o ON o.id = w.id GROUP BY 1, 2, 3, 4;
    INSERT INTO published_publisher (country, publisher, cases)
    SELECT c.country, s.publisher, count(DISTINCT s.case_id)
    FROM published_source s JOIN published_case c ON c.id = s.case_id
    WHERE s.publisher <> '' GROUP BY c.country, s.publisher;
END $$;

-- One case is looked up by loops over indexes, a portion of many by hashing: whoever calls says which.
ALTER FUNCTION registry_segments(uuid[]) RESET enable_nestloop;
ALTER FUNCTION published_movements(text, timestamptz, uuid[]) RESET enable_nestloop;
ALTER FUNCTION registry_write_cases(uuid[]) RESET enable_nestloop;
ALTER FUNCTION registry_write_details(uuid[]) RESET enable_nestloop;

REVOKE ALL ON FUNCTION registry_period_end(date, text), registry_band(text, boolean, boolean),
    registry_facets(uuid[]), registry_add_changes(uuid[], int), registry_add_flows(uuid[], int),
    registry_add_cases(uuid[], int), registry_write_lists(uuid[]), registry_mark_change(), registry_count_all(uuid[], int),
    registry_project(uuid[]), registry_project_all() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_period_end(date, text), registry_band(text, boolean, boolean)
    TO undaunted_public, undaunted_desk;
GRANT EXECUTE ON FUNCTION registry_project(uuid[]) TO undaunted_desk;
