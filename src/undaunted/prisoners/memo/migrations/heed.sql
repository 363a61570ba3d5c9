-- News of consent. An agreement to be in memos that ends takes its subject, and whoever was joined
-- with them, out of every memo; one to be in the public registry, out of every public memo. Another
-- agreement does not keep them in: a memo is built anew, and asks again. Texts that are about them
-- or name them are destroyed with an agreement to memos, and so is a counterpart who is them.
-- In newest form: a migration that changes something runs this file again.
DROP FUNCTION IF EXISTS memo_heed(uuid);
CREATE FUNCTION memo_heed(told uuid, OUT memos int, OUT texts int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    news consent_news;
    ended consent_grant;
    whose uuid[];
    touched uuid[];
    meeting uuid[];
BEGIN
    memos := 0;
    texts := 0;
    -- What was dealt with before is no news: told again, it would end memos of a later agreement.
    IF EXISTS (SELECT FROM consent_receipt r WHERE r.news_id = told AND r.handler = 'memo') THEN
        RETURN;
    END IF;
    SELECT * INTO news FROM consent_news WHERE id = told;
    IF NOT FOUND OR news.kind NOT IN ('revoked', 'expired', 'erased') THEN RETURN; END IF;
    -- Whoever keeps a memo holds this lock to the end, so that none is missed that is just kept.
    PERFORM pg_advisory_xact_lock(hashtext('editions'));
    IF news.kind <> 'erased' THEN
        SELECT * INTO ended FROM consent_grant WHERE id = (news.detail ->> 'grant')::uuid;
    END IF;
    whose := ARRAY(
        SELECT m.id FROM actors_party p JOIN actors_party m ON m.canonical = p.canonical
        WHERE p.id = news.subject) || news.subject;
    meeting := ARRAY(
        SELECT m.id FROM memo_memo m
        WHERE m.counterpart <> ''
          AND EXISTS (
              SELECT FROM actors_partyname n
              WHERE n.party_id = ANY (whose)
                AND (length(n.text) > 3 AND strpos(lower(m.counterpart), lower(n.text)) > 0
                     OR 1 < (SELECT count(*) FROM unnest(string_to_array(n.search_form, ' ')) w
                             WHERE w = ANY (regexp_split_to_array(
                                 lower(m.counterpart), '[^[:alpha:]]+'))))));
    touched := ARRAY(
        SELECT m.id FROM memo_memo m
        WHERE m.state = 'kept'
          AND (m.id = ANY (meeting)
               OR EXISTS (SELECT FROM memo_memosubject s
                          WHERE s.memo_id = m.id AND s.subject = ANY (whose)))
          AND (ended.id IS NULL OR ended.purpose = 'memo'
               OR ended.purpose = 'registry' AND m.variant = 'public')
        ORDER BY m.id FOR UPDATE);
    UPDATE memo_memofile SET content = NULL WHERE memo_id = ANY (touched);
    UPDATE memo_memo SET state = 'ended', why = news.kind, ended_at = news.at
        WHERE id = ANY (touched);
    DELETE FROM memo_memosubject WHERE memo_id = ANY (touched);
    UPDATE memo_memo SET counterpart = ''
        WHERE id = ANY (meeting)
          AND (ended.id IS NULL OR ended.purpose = 'memo'
               OR ended.purpose = 'registry' AND variant = 'public');
    IF ended.id IS NULL OR ended.purpose = 'memo' THEN
        DELETE FROM memo_memotext WHERE subject = ANY (whose) OR names && whose;
        GET DIAGNOSTICS texts = ROW_COUNT;
    END IF;
    memos := cardinality(touched);
END $$;

REVOKE ALL ON FUNCTION memo_heed(uuid), memo_memo_gate(), memo_part_gate(), memo_file_stays(),
    memo_subject_stays(), memo_text_gate() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION memo_heed(uuid) TO undaunted_desk;
