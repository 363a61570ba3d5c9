-- What of an annex is a picture is looked at by a second person, who says so of one file: of the digest that goes
-- along now. Whoever added the annex or made that copy is no second person. A paper is released while each look
-- that it was written on stands, and its file is the same still.
-- In newest form: a migration that changes something runs this file again.

ALTER TABLE dossiers_annexlook DROP CONSTRAINT IF EXISTS look_goes_with_its_annex;
ALTER TABLE dossiers_annexlook ADD CONSTRAINT look_goes_with_its_annex
    FOREIGN KEY (annex_id) REFERENCES dossiers_annex (id) ON DELETE CASCADE;

-- The digest of what goes along of an annex that stands; null where nothing does.
CREATE OR REPLACE FUNCTION dossiers_annex_file(which uuid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN x.redacted IS NULL THEN (
        SELECT c.sha256 FROM evidence_cleancopy c JOIN evidence_document d ON d.id = c.document_id
        WHERE c.document_id = x.document AND d.team IS NULL AND c.sha256 <> '')
    ELSE (
        SELECT r.sha256 FROM evidence_redactedcopy r JOIN evidence_document d ON d.id = r.document_id
        WHERE r.id = x.redacted AND r.document_id = x.document AND r.withdrawn_at IS NULL
          AND (d.team IS NULL OR r.of_sealed))
    END
    FROM dossiers_annex x WHERE x.id = which AND x.withdrawn_at IS NULL
$$;

CREATE OR REPLACE FUNCTION dossiers_look_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF NOT EXISTS (
        SELECT FROM dossiers_annex x
        WHERE x.id = new.annex_id AND x.dossier_id = new.dossier_id
          AND x.recorded_by IS DISTINCT FROM identity_actor()
          AND NOT EXISTS (SELECT FROM evidence_redactedcopy r
                          WHERE r.id = x.redacted AND r.made_by = identity_actor())
          AND dossiers_annex_file(x.id) = new.sha256)
        OR NOT new.holder = ANY (
            (SELECT identity_organisations('{reviewer,publisher,steward}'))::uuid[]) THEN
        RAISE EXCEPTION 'a second person looks at the file that goes along' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER dossiers_look_gate BEFORE INSERT ON dossiers_annexlook
    FOR EACH ROW EXECUTE FUNCTION dossiers_look_gate();

CREATE OR REPLACE FUNCTION dossiers_looks_stand() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF new.state = 'released' AND old.state <> 'released' AND EXISTS (
        SELECT FROM unnest(new.looks) l WHERE NOT EXISTS (
            SELECT FROM dossiers_annexlook k
            WHERE k.id = l AND k.dossier_id = new.dossier_id AND k.withdrawn_at IS NULL
              AND dossiers_annex_file(k.annex_id) = k.sha256)) THEN
        RAISE EXCEPTION 'a paper goes out while what it was looked at stands'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER dossiers_looks_stand BEFORE UPDATE ON dossiers_submission
    FOR EACH ROW EXECUTE FUNCTION dossiers_looks_stand();
REVOKE ALL ON FUNCTION dossiers_annex_file(uuid), dossiers_look_gate(), dossiers_looks_stand()
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dossiers_annex_file(uuid) TO undaunted_desk;

DROP POLICY IF EXISTS only_the_team ON dossiers_annexlook;
CREATE POLICY only_the_team ON dossiers_annexlook AS RESTRICTIVE TO undaunted_desk
    USING (EXISTS (SELECT FROM dossiers_dossier d WHERE d.id = dossier_id));
CREATE OR REPLACE TRIGGER dossiers_part_gate BEFORE INSERT ON dossiers_annexlook
    FOR EACH ROW EXECUTE FUNCTION dossiers_part_gate();
CREATE OR REPLACE TRIGGER dossiers_part_stays BEFORE UPDATE ON dossiers_annexlook
    FOR EACH ROW EXECUTE FUNCTION dossiers_part_stays();
