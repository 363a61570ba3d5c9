-- A sender is its signing key, however often it was ended and recorded anew: its numbers and the ids of
-- its packages are counted by that key, and what it took back comes in no more.

CREATE OR REPLACE FUNCTION sharing_arrival_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'UPDATE' AND (new.id, new.holder, new.partner_id, new.package, new.sequence, new.tlp,
        new.pap, new.expires_at) IS DISTINCT FROM (old.id, old.holder, old.partner_id, old.package,
        old.sequence, old.tlp, old.pap, old.expires_at) THEN
        RAISE EXCEPTION 'what arrived stays what it was' USING ERRCODE = '42501';
    END IF;
    IF tg_op = 'INSERT' AND new.ended_at IS NOT NULL
        OR tg_op = 'UPDATE' AND new.ended_at IS DISTINCT FROM old.ended_at AND (
            old.ended_at IS NOT NULL OR new.expires_at > statement_timestamp()
            OR EXISTS (SELECT FROM sharing_arrivalitem i
                       WHERE i.arrival_id = new.id AND i.envelope IS NOT NULL)) THEN
        RAISE EXCEPTION 'a package has ended when it has run out and its content is erased'
            USING ERRCODE = '42501';
    END IF;
    IF NOT EXISTS (SELECT FROM sharing_partner r WHERE r.id = new.partner_id
        AND r.holder = new.holder AND r.verified_by IS NOT NULL
        AND (tg_op = 'UPDATE' OR r.ended_at IS NULL)) OR EXISTS (
        SELECT FROM sharing_partner r JOIN sharing_partner s
            ON (s.holder, s.signing_key) = (r.holder, r.signing_key)
        JOIN sharing_arrival a ON a.partner_id = s.id
        WHERE tg_op = 'INSERT' AND r.id = new.partner_id
          AND (a.sequence >= new.sequence OR a.package = new.package)) THEN
        RAISE EXCEPTION 'a package comes from a verified partner, and later than the one before'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

CREATE FUNCTION sharing_was_taken_back(which uuid, what uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM sharing_arrival a JOIN sharing_partner r ON r.id = a.partner_id
        JOIN sharing_takenback t ON (t.holder, t.package) = (a.holder, a.package) AND t.thing = what
        JOIN sharing_partner s ON s.id = t.partner_id AND s.signing_key = r.signing_key
        WHERE a.id = which)
$$;

CREATE OR REPLACE FUNCTION sharing_arrivalitem_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone boolean;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    gone := sharing_was_taken_back(new.arrival_id, new.thing);
    IF gone AND (tg_op = 'INSERT' AND new.envelope IS NOT NULL
        OR tg_op = 'UPDATE' AND new.envelope IS NOT NULL AND new.envelope IS DISTINCT FROM old.envelope
        OR tg_op = 'UPDATE' AND new.state = 'accepted' AND old.state <> 'accepted') THEN
        RAISE EXCEPTION 'what was taken back is taken in no more' USING ERRCODE = '42501';
    END IF;
    IF tg_op = 'INSERT' THEN
        IF new.state <> (CASE WHEN gone THEN 'taken_back' ELSE 'waiting' END) OR NOT EXISTS (
            SELECT FROM sharing_arrival a WHERE a.id = new.arrival_id AND a.holder = new.holder) THEN
            RAISE EXCEPTION 'what arrives waits for somebody to look at it' USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF (new.id, new.holder, new.arrival_id, new.kind, new.thing, new.sha256, new.record)
        IS DISTINCT FROM
       (old.id, old.holder, old.arrival_id, old.kind, old.thing, old.sha256, old.record)
        OR new.state IN ('waiting', 'accepted', 'rejected') AND new.state <> old.state
            AND (old.state <> 'waiting' OR new.decided_by IS DISTINCT FROM identity_actor()
                 OR NOT sharing_holds_role(new.holder, '{steward}')) THEN
        RAISE EXCEPTION 'an item is decided once, in one''s own name' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

-- The answer to a takedown says what was done: it changes once more only where something was erased.
CREATE FUNCTION sharing_takenback_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user = 'undaunted_desk' AND (
        old.outcome NOT IN ('never_arrived', 'erased_before')
        OR new.outcome NOT IN ('erased', 'erased_with_records')) THEN
        RAISE EXCEPTION 'a takedown is answered by what was erased' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER sharing_takenback_gate BEFORE UPDATE ON sharing_takenback
    FOR EACH ROW EXECUTE FUNCTION sharing_takenback_gate();

REVOKE ALL ON FUNCTION sharing_was_taken_back(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sharing_was_taken_back(uuid, uuid) TO undaunted_desk;
GRANT UPDATE (outcome, receipt) ON sharing_takenback TO undaunted_desk;
