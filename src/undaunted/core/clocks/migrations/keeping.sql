-- Keeping longer and erasing earlier take two people; erasing in time takes nobody.

REVOKE UPDATE ON clocks_request FROM undaunted_desk;
GRANT UPDATE (decided_by, decided_at, granted) ON clocks_request TO undaunted_desk;

CREATE FUNCTION clocks_two_hands() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF session_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF TG_OP = 'INSERT' THEN
        IF new.asked_by IS DISTINCT FROM identity_actor() OR new.decided_at IS NOT NULL THEN
            RAISE EXCEPTION 'a request is asked in one''s own name' USING ERRCODE = '23514';
        END IF;
        RETURN new;
    END IF;
    IF old.decided_at IS NOT NULL OR new.decided_by IS DISTINCT FROM identity_actor()
        OR new.granted AND new.decided_by = new.asked_by THEN
        RAISE EXCEPTION 'a second person decides, once, in their own name' USING ERRCODE = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER clocks_two_hands BEFORE INSERT OR UPDATE ON clocks_request
    FOR EACH ROW EXECUTE FUNCTION clocks_two_hands();

CREATE FUNCTION clocks_follow_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF new.granted AND new.asked IN ('hold', 'release') THEN
        UPDATE clocks_clock SET held_since = CASE new.asked WHEN 'hold' THEN new.decided_at END
        WHERE id = new.clock_id AND kind = 'retention' AND holder = new.holder;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER clocks_follow_request AFTER UPDATE OF granted ON clocks_request
    FOR EACH ROW EXECUTE FUNCTION clocks_follow_request();

-- Only a granted request moves a hold.
CREATE FUNCTION clocks_hold_by_two() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user = 'undaunted_desk' AND (
        TG_OP = 'INSERT' AND new.held_since IS NOT NULL
        OR TG_OP = 'UPDATE' AND (new.held_since IS DISTINCT FROM old.held_since
            OR old.kind = 'retention' AND (new.kind, new.subject_id) IS DISTINCT FROM (old.kind, old.subject_id)))
    THEN
        RAISE EXCEPTION 'what is kept for a time is held and let go by two people' USING ERRCODE = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER clocks_hold_by_two BEFORE INSERT OR UPDATE ON clocks_clock
    FOR EACH ROW EXECUTE FUNCTION clocks_hold_by_two();

-- Whether what a clock runs for may be erased now: it has run out or two people said so, and nobody holds it.
CREATE FUNCTION clocks_may_erase(wanted uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT c.holder FROM clocks_clock c
    WHERE c.id = wanted AND c.kind = 'retention' AND c.held_since IS NULL AND c.stopped_since IS NULL
      AND c.met_at IS NULL AND c.cancelled_at IS NULL
      AND c.holder = ANY (identity_organisations('{documenter,steward}'))
      AND (c.due_at <= statement_timestamp() OR EXISTS (
          SELECT 1 FROM clocks_request r WHERE r.clock_id = c.id AND r.asked = 'erase' AND r.granted))
$$;

-- The key of a sealed record whose clock has ended, whoever is in its team; its organisation, or nothing.
CREATE FUNCTION vault_erase_by_clock(wanted uuid, by_clock uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM vault_record r WHERE r.id = wanted AND r.erased_at IS NULL
        AND r.tenant = clocks_may_erase(by_clock) FOR UPDATE;
    IF NOT FOUND THEN RETURN false; END IF;
    DELETE FROM vault_recordkey WHERE record_id = wanted;
    UPDATE vault_record SET erased_at = at, erased_why = 'retention', recipient = '' WHERE id = wanted;
    RETURN true;
END $$;

CREATE OR REPLACE FUNCTION clocks_erasures_due() RETURNS TABLE (clock uuid, person uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT c.id, p.user_id FROM clocks_clock c
    CROSS JOIN LATERAL (
        SELECT m.user_id FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
        WHERE m.organisation_id = c.holder AND u.is_active AND m.role IN ('steward', 'documenter')
        ORDER BY (m.user_id = c.recorded_by) DESC, m.role DESC, m.id LIMIT 1) p
    WHERE c.kind = 'retention' AND c.due_at <= statement_timestamp()
      AND c.met_at IS NULL AND c.cancelled_at IS NULL AND c.stopped_since IS NULL
      AND c.held_since IS NULL
    ORDER BY c.due_at, c.id
$$;

REVOKE ALL ON FUNCTION clocks_two_hands(), clocks_follow_request(), clocks_hold_by_two(),
    clocks_may_erase(uuid), vault_erase_by_clock(uuid, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clocks_may_erase(uuid), vault_erase_by_clock(uuid, uuid, timestamptz)
    TO undaunted_desk;
