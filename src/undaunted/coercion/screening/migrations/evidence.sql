-- A file of evidence waits once, and is then taken in or refused for whoever brought it; its bytes go
-- with that. While it waits, only how many rows were read of it is told.

CREATE FUNCTION screening_evidencefile_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.state <> 'waiting' OR num_nonnulls(new.rows, new.flagged) > 0 THEN
            PERFORM screening_refuse('a file waits before it is taken in or refused');
        END IF;
        RETURN new;
    END IF;
    IF (new.name, new.size, new.asked) IS DISTINCT FROM (old.name, old.size, old.asked)
        OR old.state <> 'waiting' OR old.recorded_by IS DISTINCT FROM identity_actor()
        OR new.state = 'waiting' AND (new.content IS DISTINCT FROM old.content
            OR new.problem <> '')
        OR new.state <> 'waiting' AND length(new.content) > 0
        OR new.load_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM screening_load l WHERE l.id = new.load_id AND l.case_id = new.case_id
            AND l.recorded_by = new.recorded_by) THEN
        PERFORM screening_refuse('a file is taken in or refused once, and is never changed');
    END IF;
    RETURN new;
END $$;
