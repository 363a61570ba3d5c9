-- An act that a partner sent goes into no dossier unless TLP, PAP and purpose of its package let it go onward: where the person's record
-- came so, and where nothing but what came so carries the act. Of acts of others nothing is said.
-- In newest form: a migration that changes something runs this file again.
CREATE OR REPLACE FUNCTION dossiers_kept_back(claims uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.claim FROM events_act a
    WHERE a.claim = ANY (claims) AND a.recorded_to IS NULL
      AND a.holder = ANY ((SELECT identity_organisations(
          '{reader,documenter,reviewer,publisher,steward}'))::uuid[])
      AND (EXISTS (SELECT FROM sharing_kept_back(ARRAY[a.victim_id], 'sanctions_submission'))
           OR EXISTS (
               SELECT FROM (
                   SELECT array_agg(DISTINCT c.source_id) AS rests FROM evidence_citation c
                   WHERE c.subject_id = a.claim AND c.withdrawn_at IS NULL) s
               WHERE cardinality(s.rests) = (
                   SELECT count(*) FROM sharing_kept_back(s.rests, 'sanctions_submission'))))
$$;

CREATE OR REPLACE FUNCTION dossiers_act_goes_onward() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user = 'undaunted_desk'
        AND EXISTS (SELECT FROM dossiers_kept_back(ARRAY[new.claim])) THEN
        RAISE EXCEPTION 'what a partner keeps to us goes into no dossier' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER dossiers_act_goes_onward BEFORE INSERT ON dossiers_dossieract
    FOR EACH ROW EXECUTE FUNCTION dossiers_act_goes_onward();
REVOKE ALL ON FUNCTION dossiers_kept_back(uuid[]), dossiers_act_goes_onward() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dossiers_kept_back(uuid[]) TO undaunted_desk;
