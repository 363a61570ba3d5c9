-- A verdict keeps what names all that its judge was shown, beside the form that it holds for.
CREATE OR REPLACE FUNCTION matching_judge(told jsonb, at timestamptz) RETURNS uuid[]
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
        left_digest, right_digest, left_form, right_form, shown, batch, at, undone_at)
    SELECT r.id, r."left", r."right", r.verdict, r.likeness, r.reasons, r.engine, r.left_digest,
        r.right_digest, r.left_form, r.right_form, coalesce(r.shown, ''), r.batch,
        matching_judge.at, NULL
    FROM jsonb_to_recordset(told) AS r(id uuid, "left" text, "right" text, verdict text,
        likeness float8, reasons jsonb, engine text, left_digest text, right_digest text,
        left_form jsonb, right_form jsonb, shown text, batch uuid);
    RETURN undone;
END $$;

-- A reason belongs to a step of one's own, for the organisation as which it was taken, and is
-- written once (`hand` is unique, and nobody may change or remove it). Who may read it is said by
-- the policies of every table: its organisation, and others where whoever wrote it shared it.
CREATE FUNCTION matching_reason_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user = 'undaunted_desk' AND NOT EXISTS (
        SELECT FROM matching_hand h WHERE h.id = new.hand AND h.holder = new.holder
            AND h."by" = identity_actor() AND h.reasoned) THEN
        RAISE EXCEPTION 'a reason is given of a step of one''s own' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER matching_reason_own BEFORE INSERT ON matching_reason
    FOR EACH ROW EXECUTE FUNCTION matching_reason_gate();
CREATE POLICY adds_who_judges ON matching_reason AS RESTRICTIVE FOR INSERT TO undaunted_desk
    WITH CHECK (holder = ANY (
        (SELECT identity_organisations('{documenter,reviewer,steward}'))::uuid[]));
REVOKE ALL ON FUNCTION matching_reason_gate() FROM PUBLIC;
