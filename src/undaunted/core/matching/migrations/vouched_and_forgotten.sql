-- When files were held against lists, and which lists these were, the application says, which held them; SQL alone
-- says nothing of it. The code is emptied once it was asked, so that it serves for no second row.
CREATE FUNCTION matching_screening_vouched() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- Whoever may not write here at all is refused by the policies.
    IF session_user = 'undaunted_desk' AND new.holder = ANY (
        (SELECT identity_organisations('{documenter,reviewer,steward}'))::uuid[]) THEN
        PERFORM vault_require_code(concat_ws('|', 'held-against', new.id, new.holder, new.kind,
            (extract(epoch FROM new.at) * 1000000)::bigint,
            coalesce((SELECT string_agg(key || '=' || value, ',' ORDER BY key COLLATE "C")
                      FROM jsonb_each_text(new.lists)), '')), new.vouched);
    END IF;
    new.vouched := NULL;
    RETURN new;
END $$;
CREATE TRIGGER matching_screening_vouched BEFORE INSERT OR UPDATE ON matching_screening
    FOR EACH ROW EXECUTE FUNCTION matching_screening_vouched();

-- Somebody who is erased leaves no question and no answer, also none in which they are told as somebody of a file
-- beside a notice; of a record that is given up what was asked of others that stand for its person stays.
CREATE FUNCTION matching_forget(told uuid, code bytea) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    news consent_news;
    everybody text[];
    gone text[];
    done int;
    more int;
BEGIN
    PERFORM vault_require_code(concat_ws('|', 'matching-forget', told), code);
    SELECT * INTO news FROM consent_news n WHERE n.id = told AND n.kind IN ('erased', 'given_up');
    IF NOT FOUND THEN RETURN 0; END IF;
    everybody := ARRAY(
        SELECT 'person:' || news.subject
        UNION SELECT 'person:' || m.id FROM actors_party p JOIN actors_party m ON m.canonical = p.canonical
        WHERE p.id = news.subject);
    gone := CASE news.kind WHEN 'erased' THEN everybody ELSE ARRAY['person:' || news.subject] END;
    DELETE FROM matching_question
    WHERE subject = ANY (gone)
       OR entry = ANY (SELECT 'files:' || one FROM unnest(everybody) AS one);
    GET DIAGNOSTICS done = ROW_COUNT;
    DELETE FROM matching_answer
    WHERE subject = ANY (gone)
       OR entry = ANY (SELECT 'files:' || one FROM unnest(everybody) AS one);
    GET DIAGNOSTICS more = ROW_COUNT;
    RETURN done + more;
END $$;

REVOKE ALL ON FUNCTION matching_screening_vouched(), matching_forget(uuid, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION matching_forget(uuid, bytea) TO undaunted_desk;
