-- A petition is acknowledged once, while it is open; the answer is not let out in the same step, and only
-- while it is the last paper of the file.
-- In newest form: a migration that changes something runs this file again.

CREATE OR REPLACE FUNCTION coordination_petition_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE changing text[] := ARRAY['acknowledged_on', 'reply', 'replied_by', 'closed_on', 'closed_by'];
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.reply <> ''
            OR num_nonnulls(new.acknowledged_on, new.replied_by, new.closed_on, new.closed_by) > 0
        THEN
            PERFORM coordination_refuse('a petition is answered by two people');
        END IF;
        RETURN new;
    END IF;
    IF old.closed_on IS NOT NULL
        OR (to_jsonb(new) - changing) IS DISTINCT FROM (to_jsonb(old) - changing) THEN
        PERFORM coordination_refuse('a petition stays as it came, and an answer as it was let out');
    END IF;
    IF new.acknowledged_on IS DISTINCT FROM old.acknowledged_on
        AND (old.acknowledged_on IS NOT NULL OR new.acknowledged_on < new.received_on) THEN
        PERFORM coordination_refuse('a petition is acknowledged once, after it came');
    END IF;
    IF (new.reply, new.replied_by) IS DISTINCT FROM (old.reply, old.replied_by) THEN
        IF num_nonnulls(new.closed_on, new.closed_by) > 0 THEN
            PERFORM coordination_refuse('an answer is let out as it was drawn up');
        END IF;
        PERFORM coordination_own_name(new.replied_by);
    ELSIF (new.closed_on, new.closed_by) IS DISTINCT FROM (old.closed_on, old.closed_by) THEN
        PERFORM coordination_second(new.closed_by, new.holder, old.replied_by);
        IF NOT EXISTS (SELECT FROM coordination_petitionpart a WHERE a.petition_id = new.id
                AND a.kind = 'answer' AND a.recorded_by = old.replied_by
                AND NOT EXISTS (SELECT FROM coordination_petitionpart l
                                WHERE l.petition_id = new.id AND l.recorded_at > a.recorded_at)) THEN
            PERFORM coordination_refuse('something came after the answer was drawn up');
        END IF;
    END IF;
    RETURN new;
END $$;
