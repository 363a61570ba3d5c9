-- A title that tells who asked is written anew, unless the tracker shows it now.
CREATE OR REPLACE FUNCTION instruments_correction() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF (new.title, new.measure) IS DISTINCT FROM (old.title, old.measure)
            AND ((old.approved_at IS NOT NULL AND old.withdrawn_at IS NULL)
                 OR new.holder <> ALL (identity_organisations('{documenter,steward}'))) THEN
        PERFORM instruments_refuse('what was recorded stays as it was recorded');
    ELSIF new.approved_at IS NOT NULL AND old.approved_at IS NULL AND NOT EXISTS (
            SELECT FROM instruments_step s
            WHERE s.proceeding_id = new.id AND s.confirmed_at IS NOT NULL) THEN
        PERFORM instruments_refuse('nothing is let out before an examination has begun');
    END IF;
    RETURN new;
END $$;
