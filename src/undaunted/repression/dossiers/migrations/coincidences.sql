-- Words declared a coincidence are a victim's surname, and a summary tells of victims: they go when a submission
-- ends, as its files do.
-- In newest form: a migration that changes something runs this file again.

CREATE OR REPLACE FUNCTION dossiers_submission_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    -- `vouched` is asked, and emptied, after this (vouched_papers.sql).
    steps text[] := '{state,why,released_by,released_at,ended_at,coincidences,summary,vouched}';
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF to_jsonb(new) - steps IS DISTINCT FROM to_jsonb(old) - steps
        OR (new.coincidences <> old.coincidences
            AND (new.state <> 'ended' OR cardinality(new.coincidences) > 0))
        OR (new.summary <> old.summary AND (new.state <> 'ended' OR new.summary <> ''))
        OR old.state = 'ended' THEN
        RAISE EXCEPTION 'a submission stays what was written' USING ERRCODE = '42501';
    END IF;
    IF new.state = 'released' AND old.state = 'written' THEN
        IF new.released_by IS DISTINCT FROM identity_actor() OR new.released_by = old.written_by
            OR new.released_at IS NULL OR new.ended_at IS NOT NULL
            OR NOT new.holder = ANY ((SELECT identity_organisations('{publisher}'))::uuid[]) THEN
            RAISE EXCEPTION 'a second person with the role releases a submission'
                USING ERRCODE = '42501';
        END IF;
    ELSIF new.state <> 'ended' OR new.ended_at IS NULL OR (new.released_by, new.released_at)
        IS DISTINCT FROM (old.released_by, old.released_at) THEN
        RAISE EXCEPTION 'a submission is released once, and ends' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

CREATE OR REPLACE FUNCTION dossiers_heed(told uuid, OUT submissions int, OUT acts int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    news consent_news;
    ended consent_grant;
    erasing boolean;
    whose uuid[];
    erased uuid[];
    touched uuid[];
    gone uuid[];
BEGIN
    submissions := 0;
    acts := 0;
    -- What was dealt with before is no news: told again, it would end papers of a later agreement.
    IF EXISTS (SELECT FROM consent_receipt r WHERE r.news_id = told AND r.handler = 'dossiers') THEN
        RETURN;
    END IF;
    SELECT * INTO news FROM consent_news WHERE id = told;
    erasing := news.kind IN ('erased', 'given_up');
    IF NOT FOUND OR NOT erasing AND news.kind NOT IN ('revoked', 'expired') THEN RETURN; END IF;
    -- Whoever keeps a submission holds this lock to the end, so that none is missed.
    PERFORM pg_advisory_xact_lock(hashtext('editions'));
    IF NOT erasing THEN
        SELECT * INTO ended FROM consent_grant WHERE id = (news.detail ->> 'grant')::uuid;
        IF ended.id IS NULL OR ended.purpose <> 'sanctions_submission' THEN RETURN; END IF;
    END IF;
    whose := ARRAY(
        SELECT m.id FROM actors_party p JOIN actors_party m ON m.canonical = p.canonical
        WHERE p.id = news.subject) || news.subject;
    touched := ARRAY(
        SELECT s.id FROM dossiers_submission s
        WHERE s.state <> 'ended'
          AND EXISTS (SELECT FROM dossiers_submissionsubject t
                      WHERE t.submission_id = s.id AND t.subject = ANY (whose))
          AND (ended.id IS NULL OR s.reader = ended.audience)
        ORDER BY s.id FOR UPDATE);
    UPDATE dossiers_submissionfile SET content = NULL WHERE submission_id = ANY (touched);
    UPDATE dossiers_submission
        SET state = 'ended', why = CASE WHEN erasing THEN 'erased' ELSE news.kind END,
            ended_at = news.at, coincidences = '{}', summary = ''
        WHERE id = ANY (touched);
    DELETE FROM dossiers_submissionsubject WHERE submission_id = ANY (touched);
    submissions := cardinality(touched);
    IF erasing THEN
        -- Records that stand for somebody who is erased are theirs; of one that is given up, it alone goes.
        erased := CASE news.kind WHEN 'erased' THEN whose ELSE ARRAY[news.subject] END;
        gone := ARRAY(SELECT a.id FROM dossiers_dossieract a WHERE a.subject = ANY (erased));
        DELETE FROM dossiers_link WHERE act_id = ANY (gone);
        DELETE FROM dossiers_foundfact WHERE act_id = ANY (gone);
        DELETE FROM dossiers_annex WHERE shows && erased;
        DELETE FROM dossiers_dossieract WHERE id = ANY (gone);
        acts := cardinality(gone);
    END IF;
END $$;

UPDATE dossiers_submission SET coincidences = '{}'
WHERE state = 'ended' AND cardinality(coincidences) > 0;
