-- Whose digest a row names decides which file is opened for its holder, and which file is kept from being
-- destroyed. A row is therefore written by the application, which knows the binding key and has read the
-- bytes, or not at all; the code is emptied once it was asked, so that it serves for no second row. Nothing is
-- asked about other organisations: the same file at two of them is two rows, and neither learns of the other.
-- In newest form: a migration that changes something runs this file again.

-- Whoever writes a row that needs a file, and whoever destroys the file, wait for each other. Those who need one
-- do not: a transaction that keeps many files waits for none that keeps the same in another order, and nobody
-- learns by waiting that somebody else keeps one just now.
CREATE OR REPLACE FUNCTION evidence_need(digest text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT pg_advisory_xact_lock_shared(hashtextextended('evidence|' || digest, 0))
$$;
CREATE OR REPLACE FUNCTION evidence_wait(digest text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('evidence|' || digest, 0))
$$;

CREATE OR REPLACE FUNCTION evidence_document_vouched() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- Whatever is sealed stays so whoever asks (evidence_stays_sealed).
    IF session_user = 'undaunted_desk' AND (tg_op = 'INSERT'
        OR old.team IS NULL AND new.team IS NOT NULL) THEN
        PERFORM vault_require_code(concat_ws('|', 'document', new.id, new.holder, new.sha256,
            coalesce(new.team::text, '')), new.vouched);
    END IF;
    new.vouched := NULL;
    IF tg_op = 'INSERT' THEN PERFORM evidence_need(new.sha256); END IF;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER evidence_document_vouched BEFORE INSERT OR UPDATE ON evidence_document
    FOR EACH ROW EXECUTE FUNCTION evidence_document_vouched();
GRANT UPDATE (vouched) ON evidence_document TO undaunted_desk;

-- A clean copy is its document's holder's.
CREATE OR REPLACE FUNCTION evidence_cleancopy_vouched() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF session_user = 'undaunted_desk' THEN
        PERFORM vault_require_code(concat_ws('|', 'clean-copy', new.id, new.holder, new.document_id,
            new.sha256), new.vouched);
        IF NOT EXISTS (SELECT FROM evidence_document d
                       WHERE d.id = new.document_id AND d.holder = new.holder) THEN
            RAISE EXCEPTION 'a clean copy is held by whoever holds the document' USING ERRCODE = '42501';
        END IF;
    END IF;
    new.vouched := NULL;
    IF new.sha256 <> '' THEN PERFORM evidence_need(new.sha256); END IF;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER evidence_cleancopy_vouched BEFORE INSERT ON evidence_cleancopy
    FOR EACH ROW EXECUTE FUNCTION evidence_cleancopy_vouched();

-- A redacted copy is made in one's own name, of the clean copy of a document that was not withdrawn; of a sealed
-- one as `of_sealed` alone. It begins as one that was not withdrawn.
CREATE OR REPLACE FUNCTION evidence_redactedcopy_vouched() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF session_user = 'undaunted_desk' THEN
        PERFORM vault_require_code(concat_ws('|', 'redacted-copy', new.id, new.holder, new.document_id,
            new.of_sha256, new.sha256), new.vouched);
        IF new.made_by IS DISTINCT FROM identity_actor() OR new.sha256 = ''
            OR new.withdrawn_at IS NOT NULL OR new.withdrawn_by IS NOT NULL OR NOT EXISTS (
            SELECT FROM evidence_document d JOIN evidence_cleancopy c ON c.document_id = d.id
            WHERE d.id = new.document_id AND d.holder = new.holder
              AND new.of_sealed = (d.team IS NOT NULL) AND c.sha256 = new.of_sha256 AND c.sha256 <> ''
              AND NOT EXISTS (SELECT FROM evidence_custodyevent e
                              WHERE e.document_id = d.id AND e.kind = 'withdrawn')) THEN
            RAISE EXCEPTION 'a redacted copy is made in one''s own name, of a copy that lies open'
                USING ERRCODE = '42501';
        END IF;
    END IF;
    new.vouched := NULL;
    PERFORM evidence_need(new.sha256);
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER evidence_redactedcopy_vouched BEFORE INSERT ON evidence_redactedcopy
    FOR EACH ROW EXECUTE FUNCTION evidence_redactedcopy_vouched();

-- A step of custody is taken in one's own name, in the log of a document that one's organisation holds.
CREATE OR REPLACE FUNCTION evidence_custody_gate() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF session_user = 'undaunted_desk' AND (new."by" IS DISTINCT FROM identity_actor()
        OR NOT EXISTS (SELECT FROM evidence_document d
                       WHERE d.id = new.document_id AND d.holder = new.holder)) THEN
        RAISE EXCEPTION 'a step is taken in one''s own name, by whoever holds the document'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER evidence_custody_gate BEFORE INSERT ON evidence_custodyevent
    FOR EACH ROW EXECUTE FUNCTION evidence_custody_gate();

-- Which of these files no open document needs, of any organisation. It is told to the application alone: whoever
-- has SQL would learn whether somebody else holds a file. Until its transaction ends no row comes to need them; so
-- that it waits for nobody who waits for it, the application asks of one file in a transaction.
DROP FUNCTION IF EXISTS evidence_open_blob(text);
CREATE OR REPLACE FUNCTION evidence_unneeded(digests text[], code bytea) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM vault_require_code(
        concat_ws('|', 'evidence-unneeded', array_to_string(digests, ',')), code);
    PERFORM evidence_wait(w.digest) FROM (SELECT DISTINCT unnest(digests) AS digest ORDER BY 1) w;
    RETURN QUERY SELECT DISTINCT w.digest FROM unnest(digests) w(digest)
    WHERE NOT EXISTS (
            SELECT FROM evidence_document d WHERE d.sha256 = w.digest AND d.team IS NULL)
      AND NOT EXISTS (
            SELECT FROM evidence_cleancopy c JOIN evidence_document d ON d.id = c.document_id
            WHERE c.sha256 = w.digest AND d.team IS NULL)
      AND NOT EXISTS (
            SELECT FROM evidence_redactedcopy r JOIN evidence_document d ON d.id = r.document_id
            WHERE r.sha256 = w.digest AND r.withdrawn_at IS NULL
              AND (d.team IS NULL OR r.of_sealed));
END $$;

REVOKE ALL ON FUNCTION evidence_need(text), evidence_wait(text), evidence_document_vouched(),
    evidence_cleancopy_vouched(), evidence_redactedcopy_vouched(), evidence_custody_gate(),
    evidence_unneeded(text[], bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION evidence_unneeded(text[], bytea) TO undaunted_desk;
