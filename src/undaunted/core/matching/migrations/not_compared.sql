-- Whom a file that its holder erased was like is asked and told no more. Only the application erases a file: it says so
-- with a code for this file alone.
CREATE FUNCTION matching_forget_file(told text, whose uuid, code bytea) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    done int;
    more int;
BEGIN
    IF NOT whose = ANY ((SELECT identity_organisations('{documenter,reviewer,steward}'))::uuid[]) THEN
        RAISE EXCEPTION 'whoever keeps a file alone forgets whom it was like' USING ERRCODE = '42501';
    END IF;
    PERFORM vault_require_code(concat_ws('|', 'matching-forget-file', told, whose), code);
    DELETE FROM matching_question WHERE holder = whose AND subject = told;
    GET DIAGNOSTICS done = ROW_COUNT;
    DELETE FROM matching_answer WHERE holder = whose AND subject = told;
    GET DIAGNOSTICS more = ROW_COUNT;
    UPDATE matching_screening SET refused = refused - told WHERE holder = whose AND refused ? told;
    RETURN done + more;
END $$;
REVOKE ALL ON FUNCTION matching_forget_file(text, uuid, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION matching_forget_file(text, uuid, bytea) TO undaunted_desk;

-- What only the owner's own functions take out of a row asks for no code: they forget, and say of no files that they
-- were held. Whoever writes as the desk is asked as before.
DROP TRIGGER matching_screening_vouched ON matching_screening;
CREATE TRIGGER matching_screening_vouched BEFORE INSERT OR UPDATE ON matching_screening
    FOR EACH ROW WHEN (current_user = 'undaunted_desk') EXECUTE FUNCTION matching_screening_vouched();

-- Somebody who is erased leaves no question and no answer, also none in which they are told as somebody of a file
-- beside a notice; of a record that is given up what was asked of others that stand for its person stays.
-- It is told no more either that they could not be compared. A screening that runs meanwhile
-- asks after this, in turn (`in_turn` in actions/turns.py), and reads then who is gone.
CREATE FUNCTION matching_forget(told uuid, code bytea) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    news consent_news;
    everybody text[];
    gone text[];
    one uuid;
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
    FOR one IN
        SELECT p.holder FROM actors_party p WHERE 'person:' || p.id = ANY (everybody)
        UNION SELECT q.holder FROM matching_question q
        WHERE q.subject = ANY (gone) OR q.entry = ANY (SELECT 'files:' || e FROM unnest(everybody) AS e)
        ORDER BY 1
    LOOP
        PERFORM pg_advisory_xact_lock(hashtext('screening of ' || one));
    END LOOP;
    DELETE FROM matching_question
    WHERE subject = ANY (gone)
       OR entry = ANY (SELECT 'files:' || e FROM unnest(everybody) AS e);
    GET DIAGNOSTICS done = ROW_COUNT;
    DELETE FROM matching_answer
    WHERE subject = ANY (gone)
       OR entry = ANY (SELECT 'files:' || e FROM unnest(everybody) AS e);
    GET DIAGNOSTICS more = ROW_COUNT;
    UPDATE matching_screening SET refused = refused - gone WHERE refused ?| gone;
    RETURN done + more;
END $$;
REVOKE ALL ON FUNCTION matching_forget(uuid, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION matching_forget(uuid, bytea) TO undaunted_desk;
