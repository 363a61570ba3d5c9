-- What was found of an entry that left its list stays: of the days on which it stood nobody knows
-- more. It goes where that entry returns and is compared anew.
CREATE OR REPLACE FUNCTION matching_note(gone jsonb, changed jsonb, seen jsonb, pairs jsonb)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM matching_demand('{documenter,reviewer,steward}');
    PERFORM pg_advisory_xact_lock(hashtext('matching of entries'));
    DELETE FROM published_match_seen s USING jsonb_array_elements_text(gone) AS r(which)
    WHERE s.source || ':' || s.key = r.which;
    DELETE FROM published_match_candidate c USING jsonb_array_elements_text(changed) AS r(which)
    WHERE c."left" = r.which AND c."right" IN (
        SELECT source || ':' || key FROM published_match_seen
        UNION ALL SELECT jsonb_array_elements_text(changed));
    DELETE FROM published_match_candidate c USING jsonb_array_elements_text(changed) AS r(which)
    WHERE c."right" = r.which AND c."left" IN (
        SELECT source || ':' || key FROM published_match_seen
        UNION ALL SELECT jsonb_array_elements_text(changed));
    INSERT INTO published_match_seen (id, source, key, digest, form, engine, refused, "at")
    SELECT gen_random_uuid(), r.source, r.key, r.digest, r.form, r.engine, r.refused, r."at"
    FROM jsonb_to_recordset(seen) AS r(source text, key text, digest text, form text, engine text,
        refused text, "at" timestamptz)
    ON CONFLICT (source, key) DO UPDATE SET digest = excluded.digest, form = excluded.form,
        engine = excluded.engine, refused = excluded.refused,
        "at" = coalesce(excluded."at", published_match_seen."at");
    INSERT INTO published_match_candidate (id, "left", "right", likeness, reasons, strong, engine)
    SELECT gen_random_uuid(), r."left", r."right", r.likeness, r.reasons, r.strong, r.engine
    FROM jsonb_to_recordset(pairs) AS r("left" text, "right" text, likeness float8, reasons jsonb,
        strong boolean, engine text)
    ON CONFLICT ("left", "right") DO UPDATE SET likeness = excluded.likeness,
        reasons = excluded.reasons, strong = excluded.strong, engine = excluded.engine;
END $$;
