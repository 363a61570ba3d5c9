-- The papers of a petition stand in the order in which they came, and none comes after the answer is out.

CREATE OR REPLACE FUNCTION coordination_petitionpart_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    PERFORM FROM coordination_petition p
    WHERE p.id = new.petition_id AND p.holder = new.holder AND p.closed_on IS NULL FOR SHARE;
    IF NOT FOUND THEN
        PERFORM coordination_refuse('a petition that was answered takes no more papers');
    END IF;
    IF EXISTS (SELECT FROM coordination_petitionpart l WHERE l.petition_id = new.petition_id
               AND (l.recorded_at > new.recorded_at
                    OR l.kind = 'answer' AND l.recorded_at = new.recorded_at)) THEN
        PERFORM coordination_refuse('a paper comes after those that came before it');
    END IF;
    RETURN new;
END $$;

REVOKE ALL ON FUNCTION coordination_petitionpart_gate() FROM PUBLIC;

CREATE TRIGGER gate BEFORE INSERT ON coordination_petitionpart
    FOR EACH ROW EXECUTE FUNCTION coordination_petitionpart_gate();
