-- A period of keeping is started, changed and ended by what people do with its subject, and by nothing
-- else: a row of one is written by the application, which knows the binding key, or not at all. It
-- stands still for nobody and is not extended; two people may hold it.

CREATE FUNCTION clocks_moment(at timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT coalesce((extract(epoch FROM at) * 1000000)::bigint::text, '')
$$;

CREATE FUNCTION clocks_retention_vouched() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF session_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(new) - 'held_since' = to_jsonb(old) - 'held_since' THEN
        RETURN new;
    END IF;
    IF new.stops <> '[]' OR new.extensions <> '[]' OR new.stopped_since IS NOT NULL
        OR TG_OP = 'INSERT' AND (new.sequence, new.met_at, new.cancelled_at)
            IS DISTINCT FROM (0, NULL::timestamptz, NULL::timestamptz)
        OR TG_OP = 'UPDATE' AND (new.id <> old.id OR new.sequence <> old.sequence + 1
            OR (new.rule, new.rule_version, new.started_at, new.zone, new.calendar)
                IS DISTINCT FROM (old.rule, old.rule_version, old.started_at, old.zone, old.calendar)) THEN
        RAISE EXCEPTION 'a period of keeping is not moved' USING ERRCODE = '23514';
    END IF;
    PERFORM vault_require_code(concat_ws('|', 'keeping', new.id, new.holder, new.sharing,
        new.subject_kind, new.subject_id, new.rule, new.rule_version, clocks_moment(new.started_at),
        clocks_moment(new.due_at), clocks_moment(new.met_at), clocks_moment(new.cancelled_at),
        new.sequence), new.vouched);
    RETURN new;
END $$;
CREATE TRIGGER clocks_retention_vouched BEFORE INSERT OR UPDATE ON clocks_clock
    FOR EACH ROW WHEN (new.kind = 'retention') EXECUTE FUNCTION clocks_retention_vouched();

-- As before, and for the application alone: it knows what belongs to the subject of a clock.
DROP FUNCTION vault_erase_by_clock(uuid, uuid, timestamptz);
CREATE FUNCTION vault_erase_by_clock(wanted uuid, by_clock uuid, at timestamptz, code bytea)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM vault_require_code(concat_ws('|', 'erasing', wanted, by_clock), code);
    PERFORM 1 FROM vault_record r WHERE r.id = wanted AND r.erased_at IS NULL
        AND r.tenant = clocks_may_erase(by_clock) FOR UPDATE;
    IF NOT FOUND THEN RETURN false; END IF;
    DELETE FROM vault_recordkey WHERE record_id = wanted;
    UPDATE vault_record SET erased_at = at, erased_why = 'retention', recipient = '' WHERE id = wanted;
    RETURN true;
END $$;

REVOKE ALL ON FUNCTION clocks_moment(timestamptz), clocks_retention_vouched(),
    vault_erase_by_clock(uuid, uuid, timestamptz, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault_erase_by_clock(uuid, uuid, timestamptz, bytea) TO undaunted_desk;
