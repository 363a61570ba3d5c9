-- Which redacted copy goes along in place of an annex's document: one of that document, which the dossier's
-- organisation holds, which lies open or was made of a sealed one to lie open, and was not withdrawn. Read as whoever adds the annex: what they may not
-- know of answers as what is not there.
-- In newest form: a migration that changes something runs this file again.

CREATE OR REPLACE FUNCTION dossiers_annex_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF NOT EXISTS (
        SELECT FROM evidence_document d WHERE d.id = new.document AND d.holder = new.holder) THEN
        RAISE EXCEPTION 'an annex is a document of the dossier''s organisation'
            USING ERRCODE = '42501';
    END IF;
    IF new.redacted IS NOT NULL AND (NOT EXISTS (
            SELECT FROM evidence_redactedcopy r JOIN evidence_document d ON d.id = r.document_id
            WHERE r.id = new.redacted AND r.document_id = new.document AND r.holder = new.holder
              AND r.withdrawn_at IS NULL AND (d.team IS NULL OR r.of_sealed))
        OR EXISTS (SELECT FROM evidence_custodyevent c
                   WHERE c.document_id = new.document AND c.kind = 'withdrawn')) THEN
        RAISE EXCEPTION 'what goes along in place of a document is a redacted copy of it that lies open'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER dossiers_annex_gate BEFORE INSERT ON dossiers_annex
    FOR EACH ROW EXECUTE FUNCTION dossiers_annex_gate();
REVOKE ALL ON FUNCTION dossiers_annex_gate() FROM PUBLIC;
