-- A verdict counts once a second person confirmed it; whoever judged, or a steward, undoes it.

-- Whoever judges, confirms or undoes signs in their own name, and a verdict is signed once.
CREATE FUNCTION matching_hand_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user = 'undaunted_desk' AND new."by" IS DISTINCT FROM identity_actor() THEN
        RAISE EXCEPTION 'a verdict is signed in one''s own name' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER matching_hand_own BEFORE INSERT ON matching_hand
    FOR EACH ROW EXECUTE FUNCTION matching_hand_gate();

-- Confirm verdicts of another person. Gives how many.
CREATE FUNCTION matching_confirm(which uuid[], at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE done integer;
BEGIN
    PERFORM matching_demand('{documenter,reviewer,steward}');
    PERFORM pg_advisory_xact_lock(hashtext('matching of entries'));
    IF EXISTS (SELECT FROM unnest(which) w(id) WHERE NOT EXISTS (
        SELECT FROM matching_hand h WHERE h.judgement = w.id AND NOT h.undone AND NOT h.confirmed
            AND h."by" <> identity_actor())) THEN
        RAISE EXCEPTION 'a second person confirms a verdict' USING ERRCODE = '42501';
    END IF;
    UPDATE published_match_judgement SET confirmed_at = matching_confirm.at
    WHERE id = ANY (which) AND undone_at IS NULL AND confirmed_at IS NULL AND verdict <> 'unsure';
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN done;
END $$;

CREATE FUNCTION matching_demand_own(which uuid[]) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
BEGIN
    IF cardinality((SELECT identity_organisations('{steward}'))::uuid[]) = 0 AND EXISTS (
        SELECT FROM unnest(which) w(id) WHERE NOT EXISTS (
            SELECT FROM matching_hand h WHERE h.judgement = w.id AND NOT h.undone
                AND NOT h.confirmed AND h.holder = ANY (
                    (SELECT identity_organisations('{documenter,reviewer}'))::uuid[]))) THEN
        RAISE EXCEPTION 'a verdict is undone by the organisation that judged, or a steward'
            USING ERRCODE = '42501';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION matching_undo(which uuid[], at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE ended integer;
BEGIN
    PERFORM matching_demand('{documenter,reviewer,steward}');
    PERFORM matching_demand_own(which);
    PERFORM pg_advisory_xact_lock(hashtext('matching of entries'));
    UPDATE published_match_judgement SET undone_at = matching_undo.at
    WHERE id = ANY (which) AND undone_at IS NULL;
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;

-- A verdict that takes the place of another undoes it, and so is held to the same rule; a pair of
-- which somebody was unsure is anybody's to judge.
CREATE FUNCTION matching_verdict_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF old.undone_at IS NULL AND new.undone_at IS NOT NULL AND old.verdict <> 'unsure'
        AND identity_actor() IS NOT NULL THEN
        PERFORM matching_demand_own(ARRAY[old.id]);
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER matching_verdict_own BEFORE UPDATE ON published_match_judgement
    FOR EACH ROW EXECUTE FUNCTION matching_verdict_gate();

REVOKE ALL ON FUNCTION matching_confirm(uuid[], timestamptz), matching_demand_own(uuid[])
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION matching_confirm(uuid[], timestamptz) TO undaunted_desk;
