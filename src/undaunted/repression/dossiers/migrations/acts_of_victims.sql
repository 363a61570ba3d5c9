-- An act goes into a dossier as done to whom the ledger says: under another's id it would be told as far as they
-- agreed, and no withdrawal of its victim would reach it.
-- In newest form: a migration that changes something runs this file again.
CREATE OR REPLACE FUNCTION dossiers_act_of_its_victim() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM events_act a WHERE a.claim = new.claim AND a.recorded_to IS NULL
                   AND a.holder = new.holder AND a.victim_id = new.subject) THEN
        RAISE EXCEPTION 'an act was done to whom the ledger says' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER dossiers_act_of_its_victim BEFORE INSERT ON dossiers_dossieract
    FOR EACH ROW WHEN (current_user = 'undaunted_desk') EXECUTE FUNCTION dossiers_act_of_its_victim();
REVOKE ALL ON FUNCTION dossiers_act_of_its_victim() FROM PUBLIC;
