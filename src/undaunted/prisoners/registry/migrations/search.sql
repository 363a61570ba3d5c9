-- Where published cases are found: by the words of their names and by the values of their facets.
--
-- Every published case has a place, a number. A rebuild gives places in order of name, and behind
-- all names those that are withheld; what is published or renamed later gets one below zero, without
-- order, until the next rebuild. For each word and each value the places of the cases that have it
-- stand sorted in arrays, by stretches of 32,768 places, so that publishing one case writes a few
-- short arrays anew (decision 0015).

CREATE OR REPLACE FUNCTION registry_stretch(place int) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT place >> 15 $$;

-- What these cases are found by; all cases of a stretch with NULL. Their references are not in it:
-- an index of its own finds those.
CREATE OR REPLACE FUNCTION registry_marks(cases uuid[], wanted int DEFAULT NULL)
RETURNS TABLE(place int, facet text, value text)
LANGUAGE sql STABLE ROWS 1000 SET search_path = pg_catalog, public, pg_temp AS $$
    WITH placed AS MATERIALIZED (
        SELECT p.number AS place, c.* FROM published_place p JOIN published_case c ON c.id = p.case_id
        WHERE p.case_id = ANY (cases)
        UNION ALL
        SELECT p.number, c.* FROM published_place p JOIN published_case c ON c.id = p.case_id
        WHERE cases IS NULL AND p.number >= wanted << 15 AND p.number < (wanted + 1) << 15
    )
    SELECT DISTINCT c.place, 'word', w FROM placed c
    CROSS JOIN LATERAL unnest(string_to_array(c.search_form, ' ')) AS w
    WHERE w <> '' AND w <> lower(c.reference)
    UNION ALL
    SELECT c.place, f.facet, f.value FROM placed c CROSS JOIN LATERAL (
        VALUES ('country', c.country), ('gender', c.gender), ('status', c.status),
            ('tier', c.tier), ('held_now', c.held_now::text)
        UNION ALL SELECT 'role', unnest(c.roles)
        UNION ALL SELECT 'law', unnest(c.laws)
        UNION ALL SELECT 'list', unnest(c.lists)
    ) AS f(facet, value)
$$;

-- Lets these cases be found; with sign -1 no longer. A case that keeps its name keeps its place,
-- and one that is gone leaves it when this is asked with sign 1.
CREATE OR REPLACE FUNCTION registry_add_places(cases uuid[], sign int) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET jit = off AS $$
DECLARE lowest int; gone bigint[];
BEGIN
    IF sign < 0 THEN
        WITH less AS (
            UPDATE published_posting p SET places = p.places - m.places
            FROM (SELECT m.facet, m.value, registry_stretch(m.place) AS stretch,
                      array_agg(m.place ORDER BY m.place) AS places
                  FROM registry_marks(cases) m GROUP BY 1, 2, 3) m
            WHERE p.facet = m.facet AND p.value = m.value AND p.stretch = m.stretch
            RETURNING p.id, p.places
        ) SELECT array_agg(id) INTO gone FROM less WHERE places = '{}';
        DELETE FROM published_posting WHERE id = ANY (gone);
        RETURN;
    END IF;
    DELETE FROM published_place p WHERE p.case_id = ANY (cases)
        AND NOT EXISTS (SELECT FROM published_case c WHERE c.id = p.case_id AND c.name = p.name);
    SELECT least(min(number), 0) INTO lowest FROM published_place;
    INSERT INTO published_place (number, case_id, name)
    SELECT coalesce(lowest, 0) - row_number() OVER (ORDER BY c.id), c.id, c.name
    FROM published_case c WHERE c.id = ANY (cases)
      AND NOT EXISTS (SELECT FROM published_place p WHERE p.case_id = c.id);
    INSERT INTO published_posting (facet, value, stretch, places)
    SELECT m.facet, m.value, registry_stretch(m.place), array_agg(m.place ORDER BY m.place)
    FROM registry_marks(cases) m GROUP BY 1, 2, 3
    ON CONFLICT (facet, value, stretch) DO UPDATE
    SET places = published_posting.places | excluded.places;
END $$;

-- All places anew, in order of name and the withheld last; the tables are empty then.
CREATE OR REPLACE FUNCTION registry_place_all() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET work_mem = '128MB'
SET enable_nestloop = on SET jit = off AS $$
DECLARE last int;
BEGIN
    INSERT INTO published_place (number, case_id, name)
    SELECT row_number() OVER (ORDER BY c.name = '', c.name, c.id), c.id, c.name
    FROM published_case c ORDER BY c.name = '', c.name, c.id;
    ANALYZE published_place;
    SELECT registry_stretch(max(number)) INTO last FROM published_place;
    FOR at IN 0 .. coalesce(last, -1) LOOP
        INSERT INTO published_posting (facet, value, stretch, places)
        SELECT m.facet, m.value, at, array_agg(m.place ORDER BY m.place)
        FROM registry_marks(NULL, at) m GROUP BY 1, 2
        ORDER BY 1, 2;
    END LOOP;
    ANALYZE published_posting;
END $$;

-- Places that are in either of two, one row after the other.
CREATE OR REPLACE AGGREGATE registry_together(int[]) (
    SFUNC = _int_union, STYPE = int[], INITCOND = '{}', PARALLEL = SAFE
);

REVOKE ALL ON FUNCTION registry_stretch(int), registry_marks(uuid[], int),
    registry_add_places(uuid[], int), registry_place_all() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_stretch(int) TO undaunted_public, undaunted_desk;
