-- Whoever is erased is named in what people typed about them too. While the names exist still, the program
-- reads what was typed in their dossiers, as SQL cannot read names, and has destroyed what names them. Both
-- functions answer to a code under the binding key, which the database gives nobody, and to news alone that
-- somebody is erased. Records that were judged to be the same person are that person: their names are names
-- of whoever is erased, and dossiers of records that were ever joined with theirs are read, parted or not: there
-- they were typed while they were one. Where a record alone is given up, what other records of that person are
-- called stays. In newest form: a migration that changes something runs this file again.

CREATE OR REPLACE FUNCTION dossiers_is_erasure(kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT kind IN ('erased', 'given_up')
$$;

-- Whose record goes: of somebody who is erased, all that stand for them; else the record that is given up.
CREATE OR REPLACE FUNCTION dossiers_erased(told uuid) RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT ARRAY(
        SELECT n.subject FROM consent_news n WHERE n.id = told AND dossiers_is_erasure(n.kind)
        UNION SELECT m.id FROM consent_news n JOIN actors_party p ON p.id = n.subject
        JOIN actors_party m ON m.canonical = p.canonical WHERE n.id = told AND n.kind = 'erased')
$$;

CREATE OR REPLACE FUNCTION dossiers_typed(told uuid, code bytea)
RETURNS TABLE(kind text, part uuid, dossier uuid, said text)
LANGUAGE plpgsql SECURITY DEFINER ROWS 1000
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    whose uuid[];
    joined uuid[];
    theirs uuid[];
BEGIN
    PERFORM vault_require_code(concat_ws('|', 'dossiers-typed', told), code);
    -- Whoever writes a submission, a part or a title meanwhile has ended before anything is read; whoever
    -- comes later waits until the texts are gone.
    PERFORM pg_advisory_xact_lock(hashtext('editions'));
    whose := dossiers_erased(told);
    joined := ARRAY(
        WITH RECURSIVE kin(id) AS (
            SELECT unnest(whose)
            UNION SELECT CASE WHEN j.left_id = k.id THEN j.right_id ELSE j.left_id END
            FROM kin k JOIN actors_judgement j ON k.id IN (j.left_id, j.right_id) AND j.verdict = 'same')
        SELECT id FROM kin);
    theirs := ARRAY(SELECT a.dossier_id FROM dossiers_dossieract a WHERE a.subject = ANY (joined)
                    UNION SELECT x.dossier_id FROM dossiers_annex x WHERE x.shows && joined);
    PERFORM FROM dossiers_dossier d WHERE d.id = ANY (theirs) ORDER BY d.id FOR UPDATE;
    PERFORM FROM dossiers_accused p WHERE p.dossier_id = ANY (theirs) ORDER BY p.id FOR UPDATE;
    PERFORM FROM dossiers_statement s WHERE s.dossier_id = ANY (theirs) ORDER BY s.id FOR UPDATE;
    RETURN QUERY
    SELECT 'name', n.id, NULL::uuid, n.text::text FROM actors_partyname n
    WHERE n.party_id = ANY (whose) AND NOT EXISTS (
        SELECT FROM actors_party p JOIN actors_party m ON m.canonical = p.canonical
        JOIN actors_partyname o ON o.party_id = m.id AND o.withdrawn_at IS NULL
        WHERE p.id = n.party_id AND m.id <> ALL (whose) AND m.withdrawn_at IS NULL
          AND o.search_form = n.search_form)
    UNION ALL
    SELECT 'alleged', t.id, t.dossier_id, t.text::text FROM dossiers_detail t
    WHERE t.dossier_id = ANY (theirs) AND t.kind = 'name'
    UNION ALL
    SELECT 'title', d.id, d.id, d.title::text FROM dossiers_dossier d WHERE d.id = ANY (theirs)
    UNION ALL
    SELECT 'summary', d.id, d.id, d.summary FROM dossiers_dossier d WHERE d.id = ANY (theirs)
    UNION ALL
    SELECT 'closing', d.id, d.id, d.closing_why FROM dossiers_dossier d WHERE d.id = ANY (theirs)
    UNION ALL
    SELECT 'accused', p.id, p.dossier_id, p.reply_note FROM dossiers_accused p
    WHERE p.dossier_id = ANY (theirs)
    UNION ALL
    SELECT 'detail', t.id, t.dossier_id, t.text::text FROM dossiers_detail t
    WHERE t.dossier_id = ANY (theirs) AND t.kind <> 'name'
    UNION ALL
    SELECT 'post', p.id, p.dossier_id, concat_ws(E'\n', p.office, p.above) FROM dossiers_post p
    WHERE p.dossier_id = ANY (theirs)
    UNION ALL
    SELECT 'link', l.id, l.dossier_id, l.reasons FROM dossiers_link l
    WHERE l.dossier_id = ANY (theirs)
    UNION ALL
    SELECT 'finding', f.id, f.dossier_id, f.reasons FROM dossiers_foundfact f
    WHERE f.dossier_id = ANY (theirs)
    UNION ALL
    SELECT 'statement', s.id, s.dossier_id, concat_ws(E'\n', s.body, s.withdrawing_why)
    FROM dossiers_statement s WHERE s.dossier_id = ANY (theirs)
    UNION ALL
    SELECT 'annex', x.id, x.dossier_id, x.title::text FROM dossiers_annex x
    WHERE x.dossier_id = ANY (theirs)
    UNION ALL
    SELECT 'submission', s.id, s.dossier_id,
        concat_ws(E'\n', s.summary, array_to_string(s.coincidences, E'\n'))
    FROM dossiers_submission s WHERE s.dossier_id = ANY (theirs)
    UNION ALL
    SELECT 'recipient', s.id, s.dossier_id, s.recipient::text
    FROM dossiers_submission s WHERE s.dossier_id = ANY (theirs);
END $$;

-- A part that named them is withdrawn, and a sign stands where its words were; a submission ends, and where it
-- had ended before its words go all the same. Who received it stays, who is told that it ended; but where that
-- names somebody who is erased, it goes too.
DROP FUNCTION IF EXISTS dossiers_unname(uuid, uuid[], bytea);
CREATE OR REPLACE FUNCTION dossiers_unname(told uuid, parts uuid[], received uuid[], code bytea) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    news consent_news;
    gone constant text := '—';
BEGIN
    PERFORM vault_require_code(
        concat_ws('|', 'dossiers-unname', told, array_to_string(parts, ','),
            array_to_string(received, ',')), code);
    SELECT * INTO news FROM consent_news n WHERE n.id = told AND dossiers_is_erasure(n.kind);
    IF NOT FOUND THEN RETURN 0; END IF;
    PERFORM pg_advisory_xact_lock(hashtext('editions'));
    UPDATE dossiers_dossier SET title = country || ' ' || left(id::text, 8), summary = '',
        closing_why = CASE closing_why WHEN '' THEN '' ELSE gone END
    WHERE id = ANY (parts);
    UPDATE dossiers_accused SET reply = 'open', reply_note = '' WHERE id = ANY (parts);
    UPDATE dossiers_detail SET text = gone, withdrawn_at = coalesce(withdrawn_at, news.at)
    WHERE id = ANY (parts);
    UPDATE dossiers_post SET office = gone, above = '',
        withdrawn_at = coalesce(withdrawn_at, news.at)
    WHERE id = ANY (parts);
    UPDATE dossiers_link SET reasons = gone, withdrawn_at = coalesce(withdrawn_at, news.at)
    WHERE id = ANY (parts);
    UPDATE dossiers_foundfact SET reasons = gone, withdrawn_at = coalesce(withdrawn_at, news.at)
    WHERE id = ANY (parts);
    UPDATE dossiers_statement SET body = gone,
        withdrawing_why = CASE withdrawing_why WHEN '' THEN '' ELSE gone END,
        withdrawn_at = coalesce(withdrawn_at, news.at)
    WHERE id = ANY (parts);
    UPDATE dossiers_annex SET title = gone, withdrawn_at = coalesce(withdrawn_at, news.at)
    WHERE id = ANY (parts);
    UPDATE dossiers_submissionfile SET content = NULL WHERE submission_id = ANY (parts);
    UPDATE dossiers_submission SET state = 'ended', why = 'erased', ended_at = news.at
    WHERE id = ANY (parts) AND state <> 'ended';
    UPDATE dossiers_submission SET coincidences = '{}', summary = '' WHERE id = ANY (parts);
    UPDATE dossiers_submission SET recipient = gone WHERE id = ANY (received);
    DELETE FROM dossiers_submissionsubject WHERE submission_id = ANY (parts);
    RETURN cardinality(parts);
END $$;
REVOKE ALL ON FUNCTION dossiers_typed(uuid, bytea), dossiers_unname(uuid, uuid[], uuid[], bytea),
    dossiers_is_erasure(text), dossiers_erased(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dossiers_typed(uuid, bytea), dossiers_unname(uuid, uuid[], uuid[], bytea)
    TO undaunted_desk;
