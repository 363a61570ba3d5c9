-- Two people publish an edition, what was built stays as it was built, and a withdrawal destroys.

CREATE FUNCTION editions_holds_role(whose uuid, wanted text[]) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT whose = ANY ((SELECT identity_organisations(wanted))::uuid[])
$$;

CREATE FUNCTION editions_edition_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN
        RETURN CASE WHEN tg_op = 'DELETE' THEN old ELSE new END;
    END IF;
    IF tg_op = 'DELETE' THEN
        IF old.published_at IS NOT NULL OR old.replaces_id IS NOT NULL THEN
            RAISE EXCEPTION 'what was published, or replaces it, is withdrawn and not deleted'
                USING ERRCODE = '42501';
        END IF;
        RETURN old;
    END IF;
    IF tg_op = 'INSERT' THEN
        IF new.state <> 'draft' OR new.built_by IS DISTINCT FROM identity_actor()
            OR num_nonnulls(new.proposed_by, new.proposed_at, new.published_by, new.published_at,
                            new.withdrawn_at, new.replaces_id) > 0 OR new.revision <> 0 THEN
            RAISE EXCEPTION 'an edition is built as a draft, in one''s own name'
                USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF (new.id, new.holder, new.sharing, new.kind, new.series, new.number, new.revision,
        new.parameters, new.purpose, new.as_of, new.known_at, new.languages, new.embargo_until,
        new.previous_id, new.replaces_id) IS DISTINCT FROM
       (old.id, old.holder, old.sharing, old.kind, old.series, old.number, old.revision,
        old.parameters, old.purpose, old.as_of, old.known_at, old.languages, old.embargo_until,
        old.previous_id, old.replaces_id)
        OR old.built_at IS NOT NULL AND
       (new.title, new.withdrawals, new.manifest, new.signature, new.signing_key, new.built_by,
        new.built_at) IS DISTINCT FROM
       (old.title, old.withdrawals, old.manifest, old.signature, old.signing_key, old.built_by,
        old.built_at) THEN
        RAISE EXCEPTION 'an edition stays what was built; build another one' USING ERRCODE = '42501';
    END IF;
    IF old.built_at IS NULL AND new.built_at IS NOT NULL
        AND new.built_by IS DISTINCT FROM identity_actor() THEN
        RAISE EXCEPTION 'an edition is built in one''s own name' USING ERRCODE = '42501';
    END IF;
    IF new.state = old.state AND (new.proposed_by, new.proposed_at, new.published_by,
        new.published_at, new.withdrawn_at, new.why) IS DISTINCT FROM (old.proposed_by,
        old.proposed_at, old.published_by, old.published_at, old.withdrawn_at, old.why) THEN
        RAISE EXCEPTION 'who published an edition, and when, is not changed' USING ERRCODE = '42501';
    END IF;
    IF new.state <> old.state THEN
        PERFORM editions_check_step(old, new);
    END IF;
    RETURN new;
END $$;

CREATE FUNCTION editions_check_step(old editions_edition, new editions_edition) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF (old.state, new.state) = ('draft', 'proposed') THEN
        IF new.proposed_by IS DISTINCT FROM identity_actor() OR new.manifest IS NULL
            OR new.signature IS NULL OR new.published_by IS NOT NULL THEN
            RAISE EXCEPTION 'a whole edition is proposed, in one''s own name' USING ERRCODE = '42501';
        END IF;
    ELSIF (old.state, new.state) = ('proposed', 'published') THEN
        IF new.published_by IS DISTINCT FROM identity_actor()
            OR new.published_by IN (old.proposed_by, old.built_by)
            OR new.proposed_by IS DISTINCT FROM old.proposed_by
            OR NOT editions_holds_role(new.holder, '{publisher}') THEN
            RAISE EXCEPTION 'a second person with the role publishes an edition'
                USING ERRCODE = '42501';
        END IF;
        IF EXISTS (
            SELECT FROM jsonb_to_recordset(convert_from(new.manifest, 'UTF8')::jsonb -> 'files')
                AS line(name text, sha256 text, size bigint)
            FULL JOIN (SELECT * FROM editions_editionfile WHERE edition_id = new.id) f
                ON f.name = line.name
            WHERE (f.name IS NULL OR line.name IS NULL OR f.sha256 <> line.sha256
                   OR f.size <> line.size OR f.content IS NULL
                   OR encode(sha256(f.content), 'hex') <> line.sha256)) THEN
            RAISE EXCEPTION 'an edition is published with exactly the files of its list'
                USING ERRCODE = '42501';
        END IF;
    ELSIF (old.state, new.state) = ('published', 'withdrawn') THEN
        IF new.withdrawn_at IS NULL OR NOT editions_holds_role(new.holder, '{publisher,reviewer}')
            OR (new.published_by, new.published_at, new.proposed_by, new.proposed_at)
               IS DISTINCT FROM
               (old.published_by, old.published_at, old.proposed_by, old.proposed_at) THEN
            RAISE EXCEPTION 'who may take down withdraws an edition' USING ERRCODE = '42501';
        END IF;
    ELSE
        RAISE EXCEPTION 'an edition does not go from % to %', old.state, new.state
            USING ERRCODE = '42501';
    END IF;
END $$;
CREATE TRIGGER editions_edition_gate BEFORE INSERT OR UPDATE OR DELETE ON editions_edition
    FOR EACH ROW EXECUTE FUNCTION editions_edition_gate();

-- Files and subjects are added to a draft; afterwards bytes are only ever destroyed.
CREATE FUNCTION editions_part_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE whole editions_edition;
BEGIN
    IF current_user <> 'undaunted_desk' THEN
        RETURN CASE WHEN tg_op = 'DELETE' THEN old ELSE new END;
    END IF;
    SELECT * INTO whole FROM editions_edition
    WHERE id = CASE WHEN tg_op = 'DELETE' THEN old.edition_id ELSE new.edition_id END;
    IF tg_op = 'DELETE' THEN
        IF whole.published_at IS NOT NULL AND NOT (
            whole.state = 'withdrawn' AND tg_table_name = 'editions_editionsubject') THEN
            RAISE EXCEPTION 'what was published is withdrawn and not deleted' USING ERRCODE = '42501';
        END IF;
        RETURN old;
    END IF;
    IF tg_op = 'INSERT' AND (whole.state IS DISTINCT FROM 'draft'
        OR whole.holder IS DISTINCT FROM new.holder) THEN
        RAISE EXCEPTION 'nothing is added to an edition after its draft' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER editions_part_gate BEFORE INSERT OR DELETE ON editions_editionfile
    FOR EACH ROW EXECUTE FUNCTION editions_part_gate();
CREATE TRIGGER editions_part_gate BEFORE INSERT OR DELETE ON editions_editionsubject
    FOR EACH ROW EXECUTE FUNCTION editions_part_gate();

CREATE FUNCTION editions_file_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF (new.id, new.holder, new.sharing, new.edition_id, new.name, new.language, new.media_type,
        new.size, new.sha256) IS DISTINCT FROM
       (old.id, old.holder, old.sharing, old.edition_id, old.name, old.language, old.media_type,
        old.size, old.sha256)
        OR new.content IS NOT NULL
        OR current_user = 'undaunted_desk' AND NOT EXISTS (
            SELECT FROM editions_edition e WHERE e.id = new.edition_id AND e.state = 'withdrawn') THEN
        RAISE EXCEPTION 'the bytes of a withdrawn edition are destroyed, no others are changed'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER editions_file_stays BEFORE UPDATE ON editions_editionfile
    FOR EACH ROW EXECUTE FUNCTION editions_file_stays();

-- The moment of the last entry of the ledger: what an edition knows unless it is told otherwise.
CREATE FUNCTION editions_last_entry() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT at FROM audit_entry ORDER BY seq DESC NULLS LAST LIMIT 1
$$;

-- What the public reads. Both look at the calendar whenever they are asked.
CREATE VIEW published_edition WITH (security_barrier) AS
    SELECT id, kind, series, number, revision, title, as_of, known_at, languages, published_at,
        withdrawn_at, why, replaces_id, manifest, signature, signing_key
    FROM editions_edition
    WHERE state IN ('published', 'withdrawn') AND published_at IS NOT NULL
      AND coalesce(embargo_until, '-infinity')
          <= least(statement_timestamp(), coalesce(withdrawn_at, 'infinity'));
CREATE VIEW published_edition_file WITH (security_barrier) AS
    SELECT f.id, f.edition_id, f.name, f.language, f.media_type, f.size, f.sha256, f.content
    FROM editions_editionfile f JOIN published_edition e ON e.id = f.edition_id;
GRANT SELECT ON published_edition, published_edition_file TO undaunted_public, undaunted_desk;

REVOKE ALL ON FUNCTION editions_last_entry() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION editions_last_entry() TO undaunted_desk;
