-- A seat's key is changed by two people; what its holder re-wraps is read by the holder alone.
-- In newest form: a migration that changes something runs this file again.

CREATE OR REPLACE FUNCTION coordination_seatkey_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE confirming text[] := ARRAY['confirmed_at', 'confirmed_by'];
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF num_nonnulls(new.confirmed_at, new.confirmed_by) > 0 OR NOT EXISTS (
            SELECT FROM coordination_seat s WHERE s.id = new.seat_id AND s.holder = new.holder
            AND s.confirmed_at IS NOT NULL) THEN
            PERFORM coordination_refuse('a second person confirms the key of one''s own seat');
        END IF;
        RETURN new;
    END IF;
    IF old.confirmed_at IS NOT NULL
        OR (to_jsonb(new) - confirming) IS DISTINCT FROM (to_jsonb(old) - confirming) THEN
        PERFORM coordination_refuse('a key is confirmed once, as it is');
    END IF;
    PERFORM coordination_second(new.confirmed_by, new.holder, new.recorded_by);
    RETURN new;
END $$;

CREATE OR REPLACE FUNCTION coordination_wrapped_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF NOT EXISTS (SELECT FROM coordination_seatkey k WHERE k.id = new.key_id
                   AND k.holder = new.holder AND k.recorded_by = identity_actor()) THEN
        PERFORM coordination_refuse('texts are wrapped with the key that one makes');
    END IF;
    RETURN new;
END $$;

-- Of an opening, the record of acts names the seat or its later key: stewards elsewhere read neither.
CREATE OR REPLACE FUNCTION coordination_hides(kind text, subject text, who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (kind IN ('proposal', 'petition', 'seat') OR kind = 'sealed_record' AND (
               EXISTS (SELECT FROM coordination_seat s WHERE s.id::text = subject)
               OR EXISTS (SELECT FROM coordination_seatkey k WHERE k.id::text = subject)))
           AND NOT coalesce(coordination_tells(who), false)
$$;

CREATE OR REPLACE VIEW coordination_seat_known WITH (security_barrier) AS
    SELECT s.id, s.holder, o.name, upper(o.country) AS country, o.government,
        coalesce((SELECT k.public_key FROM coordination_seatkey k
                  WHERE k.seat_id = s.id AND k.confirmed_at IS NOT NULL
                  ORDER BY k.confirmed_at DESC LIMIT 1), s.public_key)::varchar(80) AS public_key
    FROM coordination_seat s JOIN accounts_organisation o ON o.id = s.holder
    WHERE s.confirmed_at IS NOT NULL AND cardinality(coordination_mine()) > 0;

REVOKE ALL ON FUNCTION coordination_seatkey_gate(), coordination_wrapped_gate() FROM PUBLIC;
