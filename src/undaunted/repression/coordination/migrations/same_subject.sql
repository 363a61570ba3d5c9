-- Whom a proposal is about stays what its parties answered: keys of seats are public, so anybody can seal another
-- subject to them. Another envelope takes a code of the application, which opened the one that was there and sealed
-- the same anew. The code is of both digests, and is emptied once it was asked.
-- Its name stands before that of the gate, which knows no such column.
-- In newest form: a migration that changes something runs this file again.

CREATE OR REPLACE FUNCTION coordination_same_subject() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF session_user = 'undaunted_desk' AND tg_op = 'UPDATE' AND new.envelope IS NOT NULL
        AND new.envelope IS DISTINCT FROM old.envelope THEN
        PERFORM vault_require_code(concat_ws('|', 'coordination-resealed', old.id,
            encode(sha256(coalesce(old.envelope, '')), 'hex'), encode(sha256(new.envelope), 'hex')),
            new.vouched);
    END IF;
    new.vouched := NULL;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER coordination_same_subject BEFORE INSERT OR UPDATE ON coordination_proposal
    FOR EACH ROW EXECUTE FUNCTION coordination_same_subject();

REVOKE ALL ON FUNCTION coordination_same_subject() FROM PUBLIC;
