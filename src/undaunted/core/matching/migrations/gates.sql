-- Only these functions write what is said of entries of lists: a verdict is undone, never changed.

CREATE FUNCTION matching_demand(wanted text[]) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
BEGIN
    IF cardinality((SELECT identity_organisations(wanted))::uuid[]) = 0 THEN
        RAISE EXCEPTION 'entries are matched by somebody with the role' USING ERRCODE = '42501';
    END IF;
END $$;

-- Take verdicts: an earlier one on the same pair is undone. Gives which were.
CREATE FUNCTION matching_judge(told jsonb, at timestamptz) RETURNS uuid[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE undone uuid[];
BEGIN
    PERFORM matching_demand('{documenter,reviewer,steward}');
    PERFORM pg_advisory_xact_lock(hashtext('matching of entries'));
    WITH ended AS (
        UPDATE published_match_judgement j SET undone_at = matching_judge.at
        FROM jsonb_to_recordset(told) AS r("left" text, "right" text)
        WHERE j."left" = r."left" AND j."right" = r."right" AND j.undone_at IS NULL
        RETURNING j.id)
    SELECT coalesce(array_agg(id), '{}') INTO undone FROM ended;
    INSERT INTO published_match_judgement (id, "left", "right", verdict, likeness, reasons, engine,
        left_digest, right_digest, left_form, right_form, batch, at, undone_at)
    SELECT r.id, r."left", r."right", r.verdict, r.likeness, r.reasons, r.engine, r.left_digest,
        r.right_digest, r.left_form, r.right_form, r.batch, matching_judge.at, NULL
    FROM jsonb_to_recordset(told) AS r(id uuid, "left" text, "right" text, verdict text,
        likeness float8, reasons jsonb, engine text, left_digest text, right_digest text,
        left_form jsonb, right_form jsonb, batch uuid);
    RETURN undone;
END $$;

CREATE FUNCTION matching_undo(which uuid[], at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE ended integer;
BEGIN
    PERFORM matching_demand('{documenter,reviewer,steward}');
    PERFORM pg_advisory_xact_lock(hashtext('matching of entries'));
    UPDATE published_match_judgement SET undone_at = matching_undo.at
    WHERE id = ANY (which) AND undone_at IS NULL;
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;

-- Note what the engine found: what it found before of entries that left or changed goes.
CREATE FUNCTION matching_note(gone jsonb, changed jsonb, seen jsonb, pairs jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM matching_demand('{documenter,reviewer,steward}');
    PERFORM pg_advisory_xact_lock(hashtext('matching of entries'));
    DELETE FROM published_match_candidate c
    USING jsonb_array_elements_text(gone || changed) AS r(which)
    WHERE c."left" = r.which OR c."right" = r.which;
    DELETE FROM published_match_seen s USING jsonb_array_elements_text(gone) AS r(which)
    WHERE s.source || ':' || s.key = r.which;
    INSERT INTO published_match_seen (id, source, key, digest, form, engine, refused)
    SELECT gen_random_uuid(), r.source, r.key, r.digest, r.form, r.engine, r.refused
    FROM jsonb_to_recordset(seen) AS r(source text, key text, digest text, form text, engine text,
        refused text)
    ON CONFLICT (source, key) DO UPDATE SET digest = excluded.digest, form = excluded.form,
        engine = excluded.engine, refused = excluded.refused;
    INSERT INTO published_match_candidate (id, "left", "right", likeness, reasons, strong, engine)
    SELECT gen_random_uuid(), r."left", r."right", r.likeness, r.reasons, r.strong, r.engine
    FROM jsonb_to_recordset(pairs) AS r("left" text, "right" text, likeness float8, reasons jsonb,
        strong boolean, engine text)
    ON CONFLICT ("left", "right") DO UPDATE SET likeness = excluded.likeness,
        reasons = excluded.reasons, strong = excluded.strong, engine = excluded.engine;
END $$;

REVOKE ALL ON FUNCTION matching_demand(text[]), matching_judge(jsonb, timestamptz),
    matching_undo(uuid[], timestamptz), matching_note(jsonb, jsonb, jsonb, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION matching_judge(jsonb, timestamptz),
    matching_undo(uuid[], timestamptz), matching_note(jsonb, jsonb, jsonb, jsonb) TO undaunted_desk;
