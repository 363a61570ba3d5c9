-- What of the ledger is published of a case. Only functions of the owner write it.

CREATE OR REPLACE FUNCTION registry_month(earliest date, latest date) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT CASE
        WHEN coalesce(earliest, latest) IS NULL THEN ''
        WHEN earliest IS NULL THEN '../' || to_char(latest, 'YYYY-MM')
        WHEN latest IS NULL THEN to_char(earliest, 'YYYY-MM') || '/..'
        WHEN to_char(earliest, 'YYYY-MM') = to_char(latest, 'YYYY-MM')
        THEN to_char(earliest, 'YYYY-MM')
        WHEN to_char(earliest, 'YYYYMM') = to_char(earliest, 'YYYY') || '01'
             AND to_char(latest, 'YYYYMM') = to_char(earliest, 'YYYY') || '12'
        THEN to_char(earliest, 'YYYY')
        ELSE to_char(earliest, 'YYYY-MM') || '/' || to_char(latest, 'YYYY-MM') END
$$;

-- Cases and segments of these canonical groups, as consent and publication allow today.
CREATE OR REPLACE FUNCTION registry_write_cases(groups uuid[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp SET enable_nestloop = off SET jit = off
AS $$
    WITH gate AS MATERIALIZED (SELECT * FROM registry_gate(groups)),
    member AS MATERIALIZED (
        SELECT p.*, g.reference, g.since, g.identity, g.biography, g.health
        FROM actors_party p JOIN gate g ON g.canonical = p.canonical
        WHERE p.canonical = ANY (ARRAY(SELECT canonical FROM gate)) AND p.withdrawn_at IS NULL
    ), about AS (
        SELECT m.canonical, min(m.reference) AS reference, min(m.since) AS since,
            (array_agg(m.country ORDER BY m.country = '', m.id <> m.canonical, m.id))[1] AS country,
            CASE WHEN bool_and(m.biography) THEN
                (array_agg(m.gender ORDER BY m.gender = '', m.id <> m.canonical, m.id))[1]
                ELSE '' END AS gender,
            CASE WHEN bool_and(m.biography) THEN
                (array_agg(extract(year FROM m.birth_earliest)::int
                           ORDER BY m.id <> m.canonical, m.id)
                 FILTER (WHERE extract(year FROM m.birth_earliest)
                             = extract(year FROM m.birth_latest)))[1] END AS birth_year
        FROM member m GROUP BY m.canonical
    ), role AS (
        SELECT m.canonical, array_agg(DISTINCT r ORDER BY r) AS roles
        FROM member m CROSS JOIN LATERAL unnest(m.roles) AS r
        WHERE m.biography GROUP BY m.canonical
    ), name AS (
        SELECT m.canonical,
            (array_agg(n.text ORDER BY n.kind <> 'full', NOT n."primary", m.id <> m.canonical,
                       n.recorded_at, n.id))[1] AS display,
            string_agg(DISTINCT n.search_form, ' ') AS search_form
        FROM actors_partyname n JOIN member m ON m.id = n.party_id
        WHERE n.party_id = ANY (ARRAY(SELECT id FROM member)) AND n.withdrawn_at IS NULL
          AND (m.identity = 4 OR (m.identity = 3 AND n.kind = 'pseudonym'))
        GROUP BY m.canonical
    ), listed AS (
        SELECT m.canonical, array_agg(DISTINCT l.slug::varchar ORDER BY l.slug::varchar) AS lists
        FROM registry_listentry e JOIN member m ON m.id = e.party_id
        JOIN registry_sourcelist l ON l.id = e.source_list_id
        WHERE e.party_id = ANY (ARRAY(SELECT id FROM member)) AND e.withdrawn_at IS NULL
        GROUP BY m.canonical
    ), act AS MATERIALIZED (
        SELECT m.canonical, a.* FROM events_act a JOIN member m ON m.id = a.victim_id
        WHERE a.victim_id = ANY (ARRAY(SELECT id FROM member)) AND a.recorded_to IS NULL
    ), law AS (
        SELECT a.canonical, array_agg(DISTINCT a.law_category ORDER BY a.law_category) AS laws
        FROM act a WHERE a.law_category <> '' GROUP BY a.canonical
    ), custody AS (
        SELECT a.canonical, min(a.tier) AS tier, min(a.start_earliest) AS first_start,
            CASE WHEN bool_and(a.end_latest IS NOT NULL) THEN max(a.end_latest) END AS last_end,
            (array_agg(a.release_type ORDER BY a.start_latest DESC NULLS LAST, a.id))[1] AS release,
            (array_agg(a.whereabouts ORDER BY a.start_latest DESC NULLS LAST, a.id))[1] AS whereabouts,
            (array_agg(a.health_alert ORDER BY a.start_latest DESC NULLS LAST, a.id))[1] AS alert,
            (array_agg(a.country ORDER BY a.start_latest DESC NULLS LAST, a.id))[1] AS country
        FROM act a WHERE a.in_stock GROUP BY a.canonical
    ), standing AS (
        SELECT m.canonical,
            (array_agg(r.status ORDER BY array_position(
                ARRAY['recognised', 'disputed', 'candidate', 'former', 'not_recognised'],
                r.status::text)) FILTER (WHERE r.standard = 'pace-1900'))[1] AS status,
            array_agg(DISTINCT r.standard ORDER BY r.standard)
                FILTER (WHERE r.status = 'recognised') AS standards
        FROM registry_recognition r JOIN member m ON m.id = r.party_id
        WHERE r.party_id = ANY (ARRAY(SELECT id FROM member)) AND r.recorded_to IS NULL
        GROUP BY m.canonical
    ), segment AS MATERIALIZED (
        SELECT * FROM registry_segments(groups)
    ), now_held AS (
        SELECT DISTINCT s.canonical FROM segment s
        WHERE s.standard = '*' AND s.certain AND s.known_to = 'infinity'
          AND s.start_on <= current_date AND current_date < s.end_on
    ), whole AS (
        SELECT b.canonical, b.reference, b.since, b.birth_year,
            coalesce(nullif(b.country, ''), c.country, '') AS country, b.gender,
            coalesce(n.display, '') AS name,
            coalesce(n.search_form || ' ', '') || lower(b.reference) AS search_form,
            coalesce(r.roles, '{}') AS roles, coalesce(w.laws, '{}') AS laws,
            coalesce(l.lists, '{}') AS lists, coalesce(s.status, 'candidate') AS status,
            coalesce(s.standards, '{}') AS standards, coalesce(c.tier, 'C') AS tier,
            h.canonical IS NOT NULL AS held_now,
            date_trunc('month', c.first_start)::date AS first_start,
            date_trunc('month', c.last_end)::date AS last_end,
            coalesce(c.release, '') AS release_type, coalesce(c.whereabouts, '') AS whereabouts,
            CASE WHEN g.health THEN coalesce(c.alert, '') ELSE '' END AS health_alert
        FROM about b JOIN gate g ON g.canonical = b.canonical
        LEFT JOIN role r ON r.canonical = b.canonical
        LEFT JOIN name n ON n.canonical = b.canonical
        LEFT JOIN listed l ON l.canonical = b.canonical
        LEFT JOIN law w ON w.canonical = b.canonical
        LEFT JOIN custody c ON c.canonical = b.canonical
        LEFT JOIN standing s ON s.canonical = b.canonical
        LEFT JOIN now_held h ON h.canonical = b.canonical
    ), written AS (
        INSERT INTO published_case (id, reference, name, search_form, country, gender, birth_year,
            roles, laws, lists, status, standards, tier, held_now, first_start, last_end,
            release_type, whereabouts, health_alert, cell, published_at, changed_at)
        SELECT w.canonical, w.reference, w.name, w.search_form, w.country, w.gender, w.birth_year,
            w.roles, w.laws, w.lists, w.status, w.standards, w.tier, w.held_now, w.first_start,
            w.last_end, w.release_type, w.whereabouts, w.health_alert,
            hashtextextended(concat_ws(E'\x1f', w.country, w.gender, w.roles::text, w.laws::text,
                                       w.status, w.tier, w.held_now::text), 0),
            w.since, statement_timestamp()
        FROM whole w
        RETURNING id, cell
    )
    INSERT INTO published_segment (case_id, standard, country, start_on, end_on, tier, verified,
        certain, cell, known_from, known_to)
    SELECT s.canonical, s.standard, s.country, s.start_on, s.end_on, s.tier, s.verified, s.certain,
        w.cell, s.known_from, s.known_to
    FROM segment s JOIN written w ON w.id = s.canonical;
$$;

-- Names, spells and sources of cases that stand already.
CREATE OR REPLACE FUNCTION registry_write_details(groups uuid[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp SET enable_nestloop = off SET jit = off
AS $$
    INSERT INTO published_name (case_id, text, kind, script, language)
    SELECT DISTINCT g.canonical, n.text, n.kind, n.script, n.language
    FROM actors_party p JOIN registry_gate(groups) g ON g.canonical = p.canonical
    JOIN actors_partyname n ON n.party_id = p.id
    WHERE p.canonical = ANY (groups) AND p.withdrawn_at IS NULL AND n.withdrawn_at IS NULL
      AND n.party_id = ANY (ARRAY(SELECT id FROM actors_party WHERE canonical = ANY (groups)))
      AND (g.identity = 4 OR (g.identity = 3 AND n.kind = 'pseudonym'));
    INSERT INTO published_spell (case_id, claim, category, type, start, "end", start_earliest,
        start_latest, end_earliest, end_latest, country, admin1, laws, stage, sentence_kind,
        sentence_months, release_type, tier, in_stock)
    SELECT g.canonical, a.claim, a.category, a.type,
        registry_month(a.start_earliest, a.start_latest),
        registry_month(a.end_earliest, a.end_latest),
        date_trunc('month', a.start_earliest)::date,
        (date_trunc('month', a.start_latest) + interval '1 month - 1 day')::date,
        date_trunc('month', a.end_earliest)::date,
        (date_trunc('month', a.end_latest) + interval '1 month - 1 day')::date,
        a.country, a.admin1, CASE WHEN a.law_category = '' THEN '{}'
                                  ELSE ARRAY[a.law_category] END::varchar[],
        a.stage, a.sentence_kind, a.sentence_months, a.release_type, a.tier, a.in_stock
    FROM actors_party p JOIN registry_gate(groups) g ON g.canonical = p.canonical
    JOIN events_act a ON a.victim_id = p.id
    WHERE p.canonical = ANY (groups) AND p.withdrawn_at IS NULL AND a.recorded_to IS NULL
      AND a.victim_id = ANY (ARRAY(SELECT id FROM actors_party WHERE canonical = ANY (groups)))
      AND (a.in_stock OR a.category IN
           ('deprivation_of_liberty', 'deprivation', 'spell', 'detention', 'civil_death'));
    INSERT INTO published_source (case_id, publisher, title, url, published, claim, grade)
    SELECT DISTINCT g.canonical, s.publisher, s.title, s.url, s.published, c.claim,
        c.reliability || c.credibility
    FROM registry_gate(groups) g JOIN actors_party p ON p.canonical = g.canonical
    JOIN evidence_citation c ON c.subject_id = p.id
    JOIN evidence_source s ON s.id = c.source_id
    WHERE g.identity = 4 AND p.canonical = ANY (groups) AND p.withdrawn_at IS NULL
      AND c.subject_id = ANY (ARRAY(SELECT id FROM actors_party WHERE canonical = ANY (groups)))
      AND c.subject_kind IN ('party', 'person') AND c.withdrawn_at IS NULL AND s.public;
$$;

CREATE OR REPLACE FUNCTION registry_forget(cases uuid[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM published_name WHERE case_id = ANY (cases);
    DELETE FROM published_spell WHERE case_id = ANY (cases);
    DELETE FROM published_segment WHERE case_id = ANY (cases);
    DELETE FROM published_source WHERE case_id = ANY (cases);
    DELETE FROM published_case WHERE id = ANY (cases);
$$;

-- Whose projection is older than a day that changes it: consent begun or ended, embargo over,
-- custody begun or ended on a day that lay ahead.
CREATE OR REPLACE FUNCTION registry_due() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT id), '{}') FROM (
        SELECT p.id FROM consent_grant g JOIN actors_party p ON p.id = g.subject
        JOIN published_case c ON c.id = p.canonical
        WHERE g.purpose = 'registry' AND g.audience = 'public'
          AND (g.until <= current_date AND g.until > c.changed_at::date
               OR g.given_on <= current_date AND g.given_on > c.changed_at::date
               OR g.revoked_at > c.changed_at)
        UNION
        SELECT b.party_id FROM registry_publication b JOIN actors_party p ON p.id = b.party_id
        LEFT JOIN published_case c ON c.id = p.canonical
        WHERE b.state = 'published' AND b.embargo_until <= now() AND c.id IS NULL
        UNION
        SELECT s.case_id FROM published_segment s JOIN published_case c ON c.id = s.case_id
        WHERE s.standard = '*' AND s.known_to = 'infinity'
          AND (s.start_on <= current_date AND s.start_on > c.changed_at::date
               OR s.end_on <= current_date AND s.end_on > c.changed_at::date)) due
$$;

-- Names on the desk by likeness: the index serves names of the open tier; who may see a name is
-- asked of the identity, as the policies do.
CREATE OR REPLACE FUNCTION actors_search(query text, most int DEFAULT 50)
RETURNS TABLE(party uuid, name text, likeness real)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE mine uuid[] := identity_organisations('{reader,documenter,reviewer,publisher,steward}');
BEGIN
    IF cardinality(mine) = 0 OR length(query) < 2 THEN RETURN; END IF;
    RETURN QUERY
    SELECT n.party_id, n.text::text, word_similarity(lower(query), n.search_form) AS l
    FROM actors_partyname n
    WHERE n.sharing = 'shared' AND n.withdrawn_at IS NULL
      AND (n.search_form ILIKE '%' || replace(replace(replace(query, '\', '\\'), '%', '\%'), '_', '\_') || '%'
           OR lower(query) <% n.search_form)
    ORDER BY l DESC, n.party_id LIMIT least(greatest(most, 1), 200);
END $$;

REVOKE ALL ON FUNCTION registry_month(date, date), registry_write_cases(uuid[]),
    registry_write_details(uuid[]), registry_forget(uuid[]), registry_due(), actors_search(text, int)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_due(), actors_search(text, int) TO undaunted_desk;
