-- Recorded in one's own name, never rewritten, decided by a second person: held by the database
-- against whoever has SQL.

CREATE OR REPLACE FUNCTION instruments_refuse(why text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = '42501';
END $$;

-- The authority that holds what a row hangs on; nothing hangs on another authority's.
CREATE OR REPLACE FUNCTION instruments_above(told jsonb) RETURNS uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE
        WHEN told ? 'proceeding_id' THEN (SELECT p.holder FROM instruments_proceeding p
            WHERE p.id = (told ->> 'proceeding_id')::uuid)
        ELSE (told ->> 'holder')::uuid END
$$;

-- The arguments are the columns that a later step fills; all others stay as they were recorded.
CREATE OR REPLACE FUNCTION instruments_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    later text[] := tg_argv::text[];
    told jsonb := to_jsonb(new);
    empty jsonb := jsonb_build_object('confirmed_at', NULL, 'confirmed_by', NULL,
        'refused_at', NULL, 'refused_by', NULL, 'approved_at', NULL, 'approved_by', NULL,
        'withdrawn_at', NULL, 'replaced_at', NULL, 'taken_back_at', NULL);
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.recorded_by IS DISTINCT FROM identity_actor() THEN
            PERFORM instruments_refuse('it is recorded in one''s own name');
        ELSIF new.holder <> ALL (identity_organisations('{documenter,steward}')) THEN
            PERFORM instruments_refuse('who documents for the authority records it');
        ELSIF instruments_above(told) IS DISTINCT FROM new.holder THEN
            PERFORM instruments_refuse('it belongs to a proceeding of the same authority');
        ELSIF jsonb_strip_nulls(told || empty) IS DISTINCT FROM jsonb_strip_nulls(told) THEN
            PERFORM instruments_refuse('a later step is taken later');
        END IF;
    ELSIF told - later IS DISTINCT FROM to_jsonb(old) - later THEN
        PERFORM instruments_refuse('what was recorded stays as it was recorded');
    END IF;
    RETURN new;
END $$;

-- A second person confirms, once; or one who may record or confirm takes it back, once.
CREATE OR REPLACE FUNCTION instruments_two_people() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF old.confirmed_at IS NOT NULL OR old.refused_at IS NOT NULL THEN
        PERFORM instruments_refuse('what was decided stays decided');
    ELSIF num_nonnulls(new.confirmed_at, new.confirmed_by) = 1
            OR num_nonnulls(new.refused_at, new.refused_by) = 1 THEN
        PERFORM instruments_refuse('who decided it, and when, go together');
    ELSIF new.confirmed_by IS NOT NULL AND (
            new.confirmed_by IS DISTINCT FROM identity_actor() OR new.confirmed_by = new.recorded_by
            OR new.holder <> ALL (identity_organisations('{publisher}'))) THEN
        PERFORM instruments_refuse(
            'a second person with the role confirms it, in their own name');
    ELSIF new.refused_by IS NOT NULL AND new.refused_by IS DISTINCT FROM identity_actor() THEN
        PERFORM instruments_refuse('it is taken back in one''s own name');
    END IF;
    RETURN new;
END $$;

CREATE OR REPLACE FUNCTION instruments_tracker_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF new.withdrawn_at IS NULL AND old.withdrawn_at IS NOT NULL THEN
        PERFORM instruments_refuse('what was withdrawn is not shown again');
    ELSIF (new.approved_at, new.approved_by) IS DISTINCT FROM (old.approved_at, old.approved_by)
            AND (old.approved_at IS NOT NULL
                 OR num_nonnulls(new.approved_at, new.approved_by) <> 2
                 OR new.approved_by IS DISTINCT FROM identity_actor()
                 OR new.approved_by = new.recorded_by
                 OR new.holder <> ALL (identity_organisations('{publisher}'))) THEN
        PERFORM instruments_refuse(
            'a second person with the role lets it out, in their own name');
    END IF;
    RETURN new;
END $$;

CREATE TRIGGER instruments_gate BEFORE INSERT OR UPDATE ON instruments_proceeding
    FOR EACH ROW EXECUTE FUNCTION
    instruments_gate('team', 'approved_at', 'approved_by', 'withdrawn_at');
CREATE TRIGGER instruments_tracker BEFORE UPDATE ON instruments_proceeding
    FOR EACH ROW EXECUTE FUNCTION instruments_tracker_gate();
CREATE TRIGGER instruments_gate BEFORE INSERT OR UPDATE ON instruments_step
    FOR EACH ROW EXECUTE FUNCTION
    instruments_gate('confirmed_at', 'confirmed_by', 'refused_at', 'refused_by');
CREATE TRIGGER instruments_second BEFORE UPDATE ON instruments_step
    FOR EACH ROW EXECUTE FUNCTION instruments_two_people();
CREATE TRIGGER instruments_gate BEFORE INSERT OR UPDATE ON instruments_paper
    FOR EACH ROW EXECUTE FUNCTION instruments_gate('withdrawn_at');
CREATE TRIGGER instruments_gate BEFORE INSERT OR UPDATE ON instruments_injury
    FOR EACH ROW EXECUTE FUNCTION instruments_gate('replaced_at');
CREATE TRIGGER instruments_gate BEFORE INSERT OR UPDATE ON instruments_engagement
    FOR EACH ROW EXECUTE FUNCTION instruments_gate('taken_back_at');
CREATE TRIGGER instruments_gate BEFORE INSERT OR UPDATE ON instruments_draft
    FOR EACH ROW EXECUTE FUNCTION instruments_gate('replaced_at');

-- What is confidential lies in an envelope of the vault; nothing else passes for one.
ALTER TABLE instruments_paper ADD CONSTRAINT kept_in_an_envelope
    CHECK (sequence > 0 AND substr(envelope, 1, 21) = 'age-encryption.org/v1');
