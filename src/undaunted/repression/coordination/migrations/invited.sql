-- Whom a subject is sealed to is invited through the application, and is the seat that everybody knows: a row of SQL
-- alone would have a colleague, who seals the subject anew, seal it to a key that nobody's seat has. The code is of the
-- row, its proposal and whom it invites, and is emptied once it was asked. What two people confirm is a seat that is known.
-- The name of the trigger stands behind that of the gate, which says first what it refuses.
-- In newest form: a migration that changes something runs this file again.

CREATE OR REPLACE FUNCTION coordination_invited_party() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF session_user = 'undaunted_desk' THEN
        IF tg_op = 'INSERT' THEN
            PERFORM vault_require_code(
                concat_ws('|', 'coordination-invited', new.id, new.proposal_id, new.holder), new.vouched);
        END IF;
        IF (tg_op = 'INSERT' OR new.invited_at IS DISTINCT FROM old.invited_at) AND NOT EXISTS (
            SELECT FROM coordination_seat_known s WHERE s.holder = new.holder
            AND (tg_op = 'UPDATE' OR (s.name, s.country, s.government, s.public_key)
                                   = (new.name, new.country, new.government, new.public_key))) THEN
            PERFORM coordination_refuse('a party has no seat that is known, or not with this name and key');
        END IF;
    END IF;
    new.vouched := NULL;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER invited BEFORE INSERT OR UPDATE ON coordination_party
    FOR EACH ROW EXECUTE FUNCTION coordination_invited_party();

-- That a guest is a partner as two people verified it is asked by its gate.
CREATE OR REPLACE FUNCTION coordination_invited_guest() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF session_user = 'undaunted_desk' AND tg_op = 'INSERT' THEN
        PERFORM vault_require_code(
            concat_ws('|', 'coordination-invited', new.id, new.proposal_id, new.partner), new.vouched);
    END IF;
    new.vouched := NULL;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER invited BEFORE INSERT OR UPDATE ON coordination_guest
    FOR EACH ROW EXECUTE FUNCTION coordination_invited_guest();

REVOKE ALL ON FUNCTION coordination_invited_party(), coordination_invited_guest() FROM PUBLIC;
