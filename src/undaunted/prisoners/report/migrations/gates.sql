-- Whoever signs a text did not write it, every step is somebody's own, and words never change:
-- held by the database.

CREATE FUNCTION report_holds_role(whose uuid, wanted text[]) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT whose = ANY ((SELECT identity_organisations(wanted))::uuid[])
$$;

-- The version that stands in a place: the last that was signed, unless it was withdrawn.
CREATE FUNCTION report_text_stands(house uuid, of_year integer, of_chapter text, tongue text)
RETURNS integer LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT CASE WHEN v.state = 'signed' THEN v.number END
    FROM report_textversion v
    WHERE v.holder = house AND v.year = of_year AND v.chapter = of_chapter AND v.language = tongue
      AND v.state IN ('signed', 'withdrawn')
    ORDER BY v.number DESC LIMIT 1
$$;

-- Whether somebody wrote a version, or one before it that was not signed: what it grew from.
CREATE FUNCTION report_text_hands(t report_textversion, who uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (
        SELECT FROM report_textversion v
        WHERE v.holder = t.holder AND v.year = t.year AND v.chapter = t.chapter
          AND v.language = t.language AND v.number <= t.number AND v.written_by = who
          AND v.number > coalesce((
              SELECT max(s.number) FROM report_textversion s
              WHERE s.holder = t.holder AND s.year = t.year AND s.chapter = t.chapter
                AND s.language = t.language AND s.number < t.number
                AND s.state IN ('signed', 'withdrawn')), 0))
$$;

-- Whether each number typed by hand was accepted with a reason, and nothing else was.
CREATE FUNCTION report_text_accepted(typed jsonb, accepted jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
    SELECT jsonb_typeof(typed) = 'array' AND jsonb_typeof(accepted) = 'object'
       AND (SELECT count(*) FROM jsonb_object_keys(accepted)) = jsonb_array_length(typed)
       AND NOT EXISTS (SELECT FROM generate_series(1, jsonb_array_length(typed)) place
                       WHERE btrim(coalesce(accepted ->> place::text, '')) = '')
$$;

CREATE FUNCTION report_text_begins(new report_textversion) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT new.state = 'draft' AND new.sharing = 'organisation'
       AND new.written_by = identity_actor()
       AND report_holds_role(new.holder, '{documenter,steward}')
       AND num_nulls(new.proposed_at, new.reviewed_by, new.reviewed_at, new.signed_by,
                     new.signed_at, new.closed_by, new.closed_at) = 7
       AND new.accepted = '{}' AND new.why = ''
       AND new.number = 1 + coalesce((
           SELECT max(v.number) FROM report_textversion v
           WHERE v.holder = new.holder AND v.year = new.year AND v.chapter = new.chapter
             AND v.language = new.language), 0)
       AND (new.translates IS NULL OR EXISTS (
           SELECT FROM report_textversion v
           WHERE v.holder = new.holder AND v.year = new.year AND v.chapter = new.chapter
             AND v.language = 'en' AND v.number = new.translates
             AND v.state IN ('signed', 'withdrawn')))
       AND NOT EXISTS (
           SELECT FROM report_textversion v
           WHERE v.holder = new.holder AND v.year = new.year AND v.chapter = new.chapter
             AND v.language = new.language AND v.state IN ('waiting', 'reviewed'))
$$;

-- Whether a step is one of those that may be taken, by whoever takes it.
CREATE FUNCTION report_text_step(old report_textversion, new report_textversion) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT CASE old.state || ' ' || new.state
        WHEN 'draft waiting' THEN
            new.written_by = identity_actor() AND new.proposed_at IS NOT NULL
            AND report_holds_role(new.holder, '{documenter,steward}')
            AND NOT EXISTS (
                SELECT FROM report_textversion v
                WHERE v.holder = new.holder AND v.year = new.year AND v.chapter = new.chapter
                  AND v.language = new.language AND v.number > new.number)
        WHEN 'waiting reviewed' THEN
            new.reviewed_by = identity_actor() AND new.reviewed_at IS NOT NULL
            AND new.reviewed_by <> new.written_by
            AND report_holds_role(new.holder, '{reviewer,publisher,steward}')
        WHEN 'reviewed signed' THEN
            new.signed_by = identity_actor() AND new.signed_at IS NOT NULL
            AND NOT report_text_hands(new, new.signed_by)
            AND report_holds_role(new.holder, '{publisher}')
            AND report_text_accepted(new.typed, new.accepted)
            AND (new.translates IS NULL OR new.translates IS NOT DISTINCT FROM
                 report_text_stands(new.holder, new.year, new.chapter, 'en'))
        WHEN 'signed withdrawn' THEN
            new.closed_by = identity_actor() AND new.closed_at IS NOT NULL AND btrim(new.why) <> ''
            AND report_holds_role(new.holder, '{publisher,reviewer}')
        ELSE
            new.state = 'declined' AND old.state IN ('draft', 'waiting', 'reviewed')
            AND new.closed_by = identity_actor() AND new.closed_at IS NOT NULL
            AND btrim(new.why) <> ''
            AND (new.closed_by = new.written_by
                 OR report_holds_role(new.holder, '{reviewer,publisher,steward}'))
        END
$$;

-- What a step must leave as it is: everything but what belongs to it.
CREATE FUNCTION report_text_kept(old report_textversion, new report_textversion) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
    SELECT (to_jsonb(new) - 'state' - belongs) = (to_jsonb(old) - 'state' - belongs)
    FROM (SELECT CASE new.state
        WHEN 'waiting' THEN '{proposed_at}'
        WHEN 'reviewed' THEN '{reviewed_by,reviewed_at}'
        WHEN 'signed' THEN '{signed_by,signed_at,accepted}'
        ELSE '{closed_by,closed_at,why}' END::text[] AS belongs) step
$$;

REVOKE ALL ON FUNCTION report_holds_role(uuid, text[]),
    report_text_stands(uuid, integer, text, text), report_text_hands(report_textversion, uuid),
    report_text_accepted(jsonb, jsonb), report_text_begins(report_textversion),
    report_text_step(report_textversion, report_textversion),
    report_text_kept(report_textversion, report_textversion) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION report_holds_role(uuid, text[]),
    report_text_stands(uuid, integer, text, text), report_text_hands(report_textversion, uuid),
    report_text_accepted(jsonb, jsonb), report_text_begins(report_textversion),
    report_text_step(report_textversion, report_textversion),
    report_text_kept(report_textversion, report_textversion) TO undaunted_desk;
