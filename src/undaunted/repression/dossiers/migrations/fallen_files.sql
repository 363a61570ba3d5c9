-- A document or a copy that goes along with a dossier fell: it was withdrawn, sealed, or erased. What of it lies in
-- papers goes: one that waits loses its annexes and is not released, as it is composed anew then; one that went
-- out ends. Papers that did not take it along stay; of one written before that was kept it is not known, and it is
-- taken for one that did. Evidence itself is asked what stands: news alone makes nothing fall, whoever wrote it.
-- In newest form: a migration that changes something runs this file again.

CREATE OR REPLACE FUNCTION dossiers_fallen(told uuid, OUT emptied int, OUT ended int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    news consent_news;
    touched uuid[];
    gone uuid[];
BEGIN
    emptied := 0;
    ended := 0;
    SELECT * INTO news FROM consent_news n WHERE n.id = told AND n.kind = 'fallen';
    IF NOT FOUND THEN RETURN; END IF;
    -- Whoever keeps a submission holds this lock to the end, so that none is missed.
    PERFORM pg_advisory_xact_lock(hashtext('editions'));
    touched := ARRAY(
        SELECT s.id FROM dossiers_submission s
        WHERE s.state <> 'ended'
          AND EXISTS (SELECT FROM dossiers_submissionfile f
                      WHERE f.submission_id = s.id AND f.name IN ('annexes.zip', 'annexes.age')
                        AND f.content IS NOT NULL)
          AND EXISTS (
              SELECT FROM dossiers_annex x
              WHERE x.dossier_id = s.dossier_id AND x.document = news.subject
                AND CASE WHEN s.annexes IS NULL THEN x.recorded_at <= s.written_at
                        AND (x.withdrawn_at IS NULL OR x.withdrawn_at >= s.written_at)
                    ELSE x.id = ANY (s.annexes) END
                AND NOT EXISTS (
                    SELECT FROM evidence_document d
                    LEFT JOIN evidence_redactedcopy r ON r.id = x.redacted AND r.document_id = d.id
                        AND r.withdrawn_at IS NULL AND (d.team IS NULL OR r.of_sealed)
                    WHERE d.id = x.document AND CASE WHEN x.redacted IS NULL THEN d.team IS NULL
                                                     ELSE r.id IS NOT NULL END
                      AND NOT EXISTS (SELECT FROM evidence_custodyevent c
                                      WHERE c.document_id = d.id AND c.kind = 'withdrawn')))
        ORDER BY s.id FOR UPDATE);
    gone := ARRAY(SELECT s.id FROM dossiers_submission s
                  WHERE s.id = ANY (touched) AND s.state = 'released');
    UPDATE dossiers_submissionfile SET content = NULL
        WHERE submission_id = ANY (gone)
           OR submission_id = ANY (touched) AND name IN ('annexes.zip', 'annexes.age');
    UPDATE dossiers_submission
        SET state = 'ended', why = 'fallen', ended_at = news.at, coincidences = '{}', summary = ''
        WHERE id = ANY (gone);
    DELETE FROM dossiers_submissionsubject WHERE submission_id = ANY (gone);
    ended := cardinality(gone);
    emptied := cardinality(touched) - ended;
END $$;
REVOKE ALL ON FUNCTION dossiers_fallen(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dossiers_fallen(uuid) TO undaunted_desk;
