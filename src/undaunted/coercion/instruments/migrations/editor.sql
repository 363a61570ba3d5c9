-- Whoever wrote title and measure anew lets nothing out: a second person reads what becomes public.
CREATE OR REPLACE TRIGGER instruments_gate BEFORE INSERT OR UPDATE ON instruments_proceeding
    FOR EACH ROW EXECUTE FUNCTION instruments_gate('team', 'title', 'measure', 'edited_by',
        'approved_at', 'approved_by', 'withdrawn_at');

CREATE OR REPLACE FUNCTION instruments_correction() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF (new.title, new.measure) IS DISTINCT FROM (old.title, old.measure) THEN
        IF (old.approved_at IS NOT NULL AND old.withdrawn_at IS NULL)
                OR new.holder <> ALL (identity_organisations('{documenter,steward}')) THEN
            PERFORM instruments_refuse('what was recorded stays as it was recorded');
        ELSIF new.edited_by IS DISTINCT FROM identity_actor() THEN
            PERFORM instruments_refuse('it is written anew in one''s own name');
        END IF;
    ELSIF new.edited_by IS DISTINCT FROM old.edited_by THEN
        PERFORM instruments_refuse('who wrote it anew stays on record');
    END IF;
    IF new.approved_at IS NOT NULL AND old.approved_at IS NULL THEN
        IF new.approved_by = new.edited_by THEN
            PERFORM instruments_refuse('another person lets out what one wrote anew');
        ELSIF NOT EXISTS (
                SELECT FROM instruments_step s
                WHERE s.proceeding_id = new.id AND s.confirmed_at IS NOT NULL) THEN
            PERFORM instruments_refuse('nothing is let out before an examination has begun');
        END IF;
    END IF;
    RETURN new;
END $$;

-- An act at once lasts two months (Article 18(3)): the tracker reckons its clock as the desk does.
CREATE OR REPLACE VIEW published_proceeding_step WITH (security_barrier) AS
    SELECT s.id, s.proceeding_id, s.stage, s."on", s.confirmed_at,
        coalesce(s.facts #> '{given,immediate}' = 'true'::jsonb, false) AS urgent
    FROM instruments_step s JOIN published_proceeding p ON p.id = s.proceeding_id
    WHERE s.confirmed_at IS NOT NULL;
