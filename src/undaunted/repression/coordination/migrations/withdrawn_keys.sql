-- A later key that waits for its second person is withdrawn by either, which erases its private half.
-- In newest form: a migration that changes something runs this file again.

CREATE OR REPLACE FUNCTION coordination_seatkey_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    confirming text[] := ARRAY['confirmed_at', 'confirmed_by'];
    withdrawing text[] := ARRAY['withdrawn_at', 'withdrawn_by', 'envelope'];
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF num_nonnulls(new.confirmed_at, new.confirmed_by, new.withdrawn_at, new.withdrawn_by) > 0
            OR NOT EXISTS (
                SELECT FROM coordination_seat s WHERE s.id = new.seat_id AND s.holder = new.holder
                AND s.confirmed_at IS NOT NULL) THEN
            PERFORM coordination_refuse('a second person confirms the key of one''s own seat');
        END IF;
        RETURN new;
    END IF;
    IF old.confirmed_at IS NOT NULL OR old.withdrawn_at IS NOT NULL THEN
        PERFORM coordination_refuse('a key is confirmed or withdrawn once, as it is');
    END IF;
    IF new.withdrawn_at IS NOT NULL THEN
        IF (to_jsonb(new) - withdrawing) IS DISTINCT FROM (to_jsonb(old) - withdrawing)
            OR new.envelope <> ''::bytea THEN
            PERFORM coordination_refuse('a key that is withdrawn is erased, and no more');
        END IF;
        PERFORM coordination_own_name(new.withdrawn_by);
        RETURN new;
    END IF;
    IF (to_jsonb(new) - confirming) IS DISTINCT FROM (to_jsonb(old) - confirming) THEN
        PERFORM coordination_refuse('a key is confirmed once, as it is');
    END IF;
    PERFORM coordination_second(new.confirmed_by, new.holder, new.recorded_by);
    RETURN new;
END $$;

-- Texts that were wrapped with a key that was withdrawn go with it; the texts themselves stay.
CREATE OR REPLACE FUNCTION coordination_wrapped_ends() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user = 'undaunted_desk' AND NOT EXISTS (
        SELECT FROM coordination_seatkey k WHERE k.id = old.key_id AND k.withdrawn_at IS NOT NULL)
    THEN
        PERFORM coordination_refuse('what is wrapped goes with its key');
    END IF;
    RETURN old;
END $$;

REVOKE ALL ON FUNCTION coordination_wrapped_ends() FROM PUBLIC;
