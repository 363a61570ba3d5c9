-- A file waits once, and is then taken in or refused for whoever brought it; its bytes go with that.
-- Columns are compared one by one: a row as a whole would carry the bytes of the file along.

CREATE FUNCTION screening_waiting_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.state <> 'waiting' OR new.recorded_by IS DISTINCT FROM identity_actor()
            OR new.recorded_at NOT BETWEEN statement_timestamp() - interval '1 hour'
                AND statement_timestamp() + interval '5 minutes' THEN
            RAISE EXCEPTION 'a file waits in one''s own name, from the time that it is'
                USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF (new.id, new.holder, new.sharing, new.kind, new.name, new.size, new.asked, new.recorded_at,
        new.recorded_by) IS DISTINCT FROM (old.id, old.holder, old.sharing, old.kind, old.name,
        old.size, old.asked, old.recorded_at, old.recorded_by)
        OR old.state <> 'waiting' OR new.state = 'waiting' OR length(new.content) > 0
        OR old.recorded_by IS DISTINCT FROM identity_actor()
        OR new.brought_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM screening_registerimport i
            WHERE i.id = new.brought_id AND i.holder = new.holder) THEN
        RAISE EXCEPTION 'a file is taken in or refused once, and is never changed'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

CREATE TRIGGER waiting BEFORE INSERT OR UPDATE ON screening_registerfile
    FOR EACH ROW EXECUTE FUNCTION screening_waiting_gate();
