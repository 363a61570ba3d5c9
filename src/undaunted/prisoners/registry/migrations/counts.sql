-- What is counted of published cases, and the one door by which the desk asks for it anew.

CREATE OR REPLACE FUNCTION registry_facets(cases uuid[])
RETURNS TABLE(case_id uuid, facet text, value text)
LANGUAGE sql STABLE ROWS 50000 SET search_path = pg_catalog, public, pg_temp AS $$
    WITH c AS MATERIALIZED (
        SELECT id, gender, roles, laws, lists FROM published_case WHERE id = ANY (cases)
    )
    SELECT id, 'all', '' FROM c
    UNION ALL SELECT id, 'gender', gender FROM c
    UNION ALL SELECT id, 'role', unnest(CASE WHEN roles = '{}' THEN '{""}' ELSE roles END) FROM c
    UNION ALL SELECT id, 'law', unnest(CASE WHEN laws = '{}' THEN '{""}' ELSE laws END) FROM c
    UNION ALL SELECT id, 'list', unnest(CASE WHEN lists = '{}' THEN '{""}' ELSE lists END) FROM c
$$;

-- Adds (or with sign -1 takes back) what these cases contribute to the changes of the stock.
CREATE OR REPLACE FUNCTION registry_add_changes(cases uuid[], sign int) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp SET enable_nestloop = off SET jit = off
AS $$
    INSERT INTO published_delta
        (standard, country, facet, value, tier, verified, certain, day, change)
    WITH crossing AS MATERIALIZED (
        SELECT s.case_id, s.standard, s.country, s.tier, s.verified, s.certain, d.day, d.change
        FROM published_segment s
        CROSS JOIN LATERAL (VALUES (s.start_on, 1), (s.end_on, -1)) AS d(day, change)
        WHERE s.case_id = ANY (cases) AND s.standard <> '*' AND s.known_to = 'infinity'
          AND d.day < 'infinity'
    )
    SELECT c.standard, x.country, f.facet, f.value, c.tier, c.verified, c.certain, c.day,
        sign * sum(c.change)
    FROM crossing c JOIN registry_facets(cases) f ON f.case_id = c.case_id
    CROSS JOIN LATERAL (VALUES (c.country), ('*')) AS x(country)
    GROUP BY c.standard, x.country, f.facet, f.value, c.tier, c.verified, c.certain, c.day
    HAVING sum(c.change) <> 0
    UNION ALL
    SELECT m.standard, m.country, 'flow', m.kind, '-', false, true, m.day, sign * count(*)
    FROM published_movements(NULL, '9999-01-01 00:00:00+00', cases) m
    GROUP BY m.standard, m.country, m.kind, m.day
$$;

CREATE OR REPLACE FUNCTION registry_keys(cases uuid[]) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp SET enable_nestloop = off AS $$
    SELECT coalesce(array_agg(DISTINCT concat_ws(E'\x1f', s.standard, x.country, f.facet, f.value)
                              || E'\x1f'), '{}')
    FROM (SELECT DISTINCT case_id, standard, country FROM published_segment
          WHERE case_id = ANY (cases) AND standard <> '*') s
    JOIN registry_facets(cases) f ON f.case_id = s.case_id
    CROSS JOIN LATERAL (VALUES (s.country), ('*')) AS x(country)
$$;

-- Works out the checkpoints of these keys anew, of all with NULL; a row with the facet '' tells
-- how far they go.
CREATE OR REPLACE FUNCTION registry_set_levels(keys text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET jit = off AS $$
DECLARE
    horizon date;
    part text[];
    wanted text;
    statement CONSTANT text := $q$
        INSERT INTO published_level
            (standard, country, facet, value, tier, verified, certain, month, persons)
        WITH change AS (
            SELECT d.standard, d.country, d.facet, d.value, d.tier, d.verified, d.certain,
                CASE WHEN d.facet = 'all' THEN interval '1 month' ELSE interval '1 year' END AS step,
                CASE WHEN d.facet = 'all'
                     THEN date_trunc('month', d.day - 1) + interval '1 month'
                     ELSE date_trunc('year', d.day - 1) + interval '1 year' END AS month,
                sum(d.change) AS change
            FROM published_delta d WHERE %s
            GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
        ), level AS (
            SELECT c.*, sum(c.change) OVER w AS persons, lead(c.month) OVER w AS next
            FROM change c
            WINDOW w AS (PARTITION BY standard, country, facet, value, tier, verified, certain
                         ORDER BY month)
        )
        SELECT l.standard, l.country, l.facet, l.value, l.tier, l.verified, l.certain, m::date,
            l.persons
        FROM level l CROSS JOIN LATERAL generate_series(
            l.month, least(coalesce(l.next - l.step, %L::date), %L::date), l.step) AS m
        WHERE l.persons <> 0
    $q$;
BEGIN
    SELECT max(month) INTO horizon FROM published_level WHERE facet = '';
    IF horizon IS NULL THEN
        horizon := date_trunc('year', current_date) + interval '2 years';
        INSERT INTO published_level
            (standard, country, facet, value, tier, verified, certain, month, persons)
        VALUES ('*', '*', '', '', '-', false, false, horizon, 0);
    END IF;
    IF keys IS NULL THEN
        DELETE FROM published_level WHERE facet <> '';
        EXECUTE format(statement, $w$d.facet <> 'flow'$w$, horizon, horizon);
        RETURN;
    END IF;
    FOREACH wanted IN ARRAY keys LOOP
        part := string_to_array(wanted, E'\x1f');
        DELETE FROM published_level l WHERE l.standard = part[1] AND l.country = part[2]
            AND l.facet = part[3] AND l.value = part[4];
        EXECUTE format(statement, format(
            'd.standard = %L AND d.country = %L AND d.facet = %L AND d.value = %L',
            part[1], part[2], part[3], part[4]), horizon, horizon);
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION registry_set_cells(cells bigint[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM published_cell WHERE id = ANY (cells);
    INSERT INTO published_cell (id, country, gender, roles, laws, status, tier, held_now, persons)
    SELECT cell, min(country), min(gender), min(roles), min(laws), min(status), min(tier),
        bool_and(held_now), count(*)
    FROM published_case WHERE cell = ANY (cells) GROUP BY cell;
$$;

-- The one door of the desk: these persons' projections are made anew from the ledger.
CREATE OR REPLACE FUNCTION registry_project(parties uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE groups uuid[]; cases uuid[]; keys text[]; cells bigint[]; refs text[];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('registry_project', 0));
    groups := registry_groups(parties);
    cases := groups || parties;
    SELECT array_agg(reference), array_agg(cell) INTO refs, cells
    FROM published_case WHERE id = ANY (cases);
    keys := registry_keys(cases);
    PERFORM registry_add_changes(cases, -1);
    PERFORM registry_forget(cases);
    PERFORM registry_write_cases(groups);
    PERFORM registry_write_details(groups);
    PERFORM registry_add_changes(cases, 1);
    keys := keys || registry_keys(cases);
    PERFORM registry_set_levels(ARRAY(SELECT DISTINCT unnest(keys)));
    cells := coalesce(cells, '{}') || ARRAY(
        SELECT cell FROM published_case WHERE id = ANY (cases));
    PERFORM registry_set_cells(ARRAY(SELECT DISTINCT unnest(cells)));
    INSERT INTO published_tombstone (reference, taken_down_on)
    SELECT DISTINCT gone, current_date FROM (
        SELECT unnest(refs) AS gone
        UNION SELECT b.reference FROM registry_publication b JOIN actors_party p ON p.id = b.party_id
              WHERE p.canonical = ANY (groups) AND b.state = 'taken_down') r
    WHERE NOT EXISTS (SELECT FROM published_case c WHERE c.reference = r.gone)
    ON CONFLICT (reference) DO NOTHING;
    DELETE FROM published_tombstone t USING published_case c
    WHERE c.reference = t.reference AND c.id = ANY (cases);
END $$;

-- Everything anew, by the owner: in portions, so that a million needs little memory.
CREATE OR REPLACE FUNCTION registry_project_all() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE everyone uuid[]; portion uuid[]; size CONSTANT int := 20000; place int := 1;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('registry_project', 0));
    TRUNCATE published_case, published_name, published_spell, published_segment, published_source,
        published_level, published_delta, published_cell;
    SELECT array_agg(DISTINCT p.canonical ORDER BY p.canonical) INTO everyone
    FROM registry_publication b JOIN actors_party p ON p.id = b.party_id
    WHERE b.state = 'published';
    WHILE place <= coalesce(cardinality(everyone), 0) LOOP
        portion := everyone[place : place + size - 1];
        PERFORM registry_write_cases(portion);
        PERFORM registry_write_details(portion);
        PERFORM registry_add_changes(portion, 1);
        place := place + size;
    END LOOP;
    PERFORM registry_set_levels(NULL);
    PERFORM registry_set_cells(ARRAY(SELECT DISTINCT cell FROM published_case));
    INSERT INTO published_tombstone (reference, taken_down_on)
    SELECT reference, coalesce(taken_down_at::date, current_date) FROM registry_publication
    WHERE state = 'taken_down' ON CONFLICT (reference) DO NOTHING;
    DELETE FROM published_tombstone t USING published_case c WHERE c.reference = t.reference;
    RETURN (SELECT count(*) FROM published_case);
END $$;

REVOKE ALL ON FUNCTION registry_facets(uuid[]), registry_add_changes(uuid[], int),
    registry_keys(uuid[]), registry_set_levels(text[]), registry_set_cells(bigint[]),
    registry_project(uuid[]), registry_project_all() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_project(uuid[]) TO undaunted_desk;
