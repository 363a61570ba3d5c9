-- Two people, named readers of what is RED, and the public copy: held by the database.

CREATE OR REPLACE FUNCTION practices_holds_role(whose uuid, wanted text[]) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT whose = ANY ((SELECT identity_organisations(wanted))::uuid[])
$$;

-- Somebody of the organisation by their exact name, to be named as a reader of what is RED.
CREATE OR REPLACE FUNCTION practices_colleague(house uuid, named text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT u.id FROM accounts_user u
    WHERE u.username = named AND u.is_active
      AND EXISTS (SELECT FROM accounts_membership m
                  WHERE m.user_id = u.id AND m.organisation_id = house)
      AND house = ANY ((SELECT identity_organisations('{documenter,steward}'))::uuid[])
$$;

-- How far a marking reaches inside the instance.
CREATE OR REPLACE FUNCTION practices_sharing(marking text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
    SELECT CASE WHEN marking IN ('CLEAR', 'GREEN') THEN 'shared' ELSE 'organisation' END
$$;

-- What a text must have whoever wrote it, said once more beneath the rules.
CREATE OR REPLACE FUNCTION practices_well_formed(content jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
    SELECT coalesce(
        jsonb_array_length(content -> 'implementations') > 0
        AND jsonb_array_length(content -> 'failures') > 0
        AND jsonb_array_length(content -> 'sources') > 0
        AND NOT jsonb_path_exists(content, '$.implementations[*] ? (@.when == "" || @.sources.size() == 0)')
        AND NOT jsonb_path_exists(content, '$.effects[*] ? (@.sources.size() == 0)')
        AND (content ->> 'tlp' = 'RED' OR content -> 'route_in_use' = 'false'), false)
$$;

CREATE OR REPLACE FUNCTION practices_practice_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.proposed_by IS DISTINCT FROM identity_actor() OR new.current IS NOT NULL
            OR new.reviewed_at IS NOT NULL OR new.reviewed_by IS NOT NULL
            OR new.withdrawn_at IS NOT NULL
            OR new.sharing <> practices_sharing(new.tlp)
            OR NOT practices_holds_role(new.holder, '{documenter,steward}') THEN
            RAISE EXCEPTION 'a practice is proposed in one''s own name' USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF (new.id, new.holder, new.sharing, new.reference, new.aim, new.tlp, new.readers, new.current,
        new.proposed_at, new.proposed_by) IS DISTINCT FROM
       (old.id, old.holder, old.sharing, old.reference, old.aim, old.tlp, old.readers, old.current,
        old.proposed_at, old.proposed_by) THEN
        RAISE EXCEPTION 'a practice changes by a version that a second person accepts'
            USING ERRCODE = '42501';
    END IF;
    IF old.withdrawn_at IS NOT NULL AND new IS DISTINCT FROM old THEN
        RAISE EXCEPTION 'a withdrawn practice is proposed anew' USING ERRCODE = '42501';
    END IF;
    IF (new.reviewed_at, new.reviewed_by) IS DISTINCT FROM (old.reviewed_at, old.reviewed_by)
        AND (new.reviewed_at IS NULL OR new.current IS NULL
             OR new.reviewed_at <= old.reviewed_at
             OR new.reviewed_at > statement_timestamp() + interval '1 minute'
             OR new.reviewed_by IS DISTINCT FROM identity_actor()
             OR NOT practices_holds_role(new.holder, '{reviewer,publisher,steward}')
             OR EXISTS (SELECT FROM practices_version v WHERE v.practice_id = new.id
                        AND v.number = new.current AND v.proposed_by = new.reviewed_by)) THEN
        RAISE EXCEPTION 'a practice is reviewed by another than who wrote it'
            USING ERRCODE = '42501';
    END IF;
    IF (new.withdrawn_at, new.withdrawn_by, new.withdrawn_why) IS DISTINCT FROM
       (old.withdrawn_at, old.withdrawn_by, old.withdrawn_why)
        AND (new.withdrawn_by IS DISTINCT FROM identity_actor() OR new.withdrawn_at IS NULL
             OR NOT practices_holds_role(new.holder, '{reviewer,publisher}')) THEN
        RAISE EXCEPTION 'a practice is withdrawn in one''s own name, by somebody with the role'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER practices_practice_gate BEFORE INSERT OR UPDATE ON practices_practice
    FOR EACH ROW EXECUTE FUNCTION practices_practice_gate();

CREATE OR REPLACE FUNCTION practices_version_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT practices_well_formed(new.content) OR new.content ->> 'tlp' <> new.tlp THEN
        RAISE EXCEPTION 'a practice has dated implementations, ways to fail and sources; a way in use is RED'
            USING ERRCODE = '23514';
    END IF;
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.state <> 'waiting' OR new.proposed_by IS DISTINCT FROM identity_actor()
            OR new.sharing <> practices_sharing(new.tlp)
            OR NOT practices_holds_role(new.holder, '{documenter,steward}')
            OR new.tlp = 'RED' AND (cardinality(new.readers) < 2
                                    OR NOT new.proposed_by = ANY (new.readers))
            OR NOT EXISTS (SELECT FROM practices_practice p WHERE p.id = new.practice_id
                AND p.holder = new.holder AND p.withdrawn_at IS NULL
                AND p.reference = new.content ->> 'reference' AND p.aim = new.content ->> 'aim') THEN
            RAISE EXCEPTION 'a version is proposed in one''s own name, for a practice of one''s own'
                USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF old.state <> 'waiting' OR
        (new.id, new.holder, new.sharing, new.practice_id, new.number, new.content, new.digest,
         new.tlp, new.readers, new.proposed_by, new.proposed_at) IS DISTINCT FROM
        (old.id, old.holder, old.sharing, old.practice_id, old.number, old.content, old.digest,
         old.tlp, old.readers, old.proposed_by, old.proposed_at) THEN
        RAISE EXCEPTION 'a version is decided as it was proposed, once' USING ERRCODE = '42501';
    END IF;
    IF new.decided_by IS DISTINCT FROM identity_actor() OR new.state = 'accepted'
        AND (new.decided_by = new.proposed_by
             OR EXISTS (SELECT FROM practices_practice p
                        WHERE p.id = new.practice_id AND p.withdrawn_at IS NOT NULL)) THEN
        RAISE EXCEPTION 'a second person accepts a version, in their own name'
            USING ERRCODE = '42501';
    END IF;
    IF NOT (practices_holds_role(new.holder, '{reviewer,publisher,steward}')
            OR new.state = 'declined' AND new.decided_by = new.proposed_by) THEN
        RAISE EXCEPTION 'a version is decided by somebody with the role' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER practices_version_gate BEFORE INSERT OR UPDATE ON practices_version
    FOR EACH ROW EXECUTE FUNCTION practices_version_gate();

-- What is public of a practice: its accepted version, marked CLEAR, as long as it is not withdrawn.
CREATE OR REPLACE FUNCTION practices_project(which uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    DELETE FROM published_practice WHERE id = which;
    INSERT INTO published_practice (id, reference, aim, instrument, stages, conditions, language,
        title, number, content, accepted_at, reviewed_at)
    SELECT p.id, p.reference, p.aim, v.content ->> 'instrument',
        ARRAY(SELECT jsonb_array_elements_text(v.content -> 'stages')),
        ARRAY(SELECT DISTINCT each ->> 'kind'
              FROM jsonb_array_elements(v.content -> 'preconditions') each ORDER BY 1),
        v.content ->> 'language', v.content ->> 'title', v.number, v.content, v.decided_at,
        p.reviewed_at
    FROM practices_practice p
    JOIN practices_version v ON v.practice_id = p.id AND v.number = p.current
    WHERE p.id = which AND v.state = 'accepted' AND v.tlp = 'CLEAR' AND p.withdrawn_at IS NULL;
END $$;

CREATE OR REPLACE FUNCTION practices_version_after() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE practices_practice p SET current = new.number, tlp = new.tlp, readers = new.readers,
        sharing = new.sharing, reviewed_at = new.decided_at, reviewed_by = new.decided_by
    WHERE p.id = new.practice_id;
    RETURN NULL;
END $$;
CREATE TRIGGER practices_version_after AFTER UPDATE ON practices_version
    FOR EACH ROW WHEN (new.state = 'accepted') EXECUTE FUNCTION practices_version_after();

CREATE OR REPLACE FUNCTION practices_practice_after() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM practices_project(new.id);
    RETURN NULL;
END $$;
CREATE TRIGGER practices_practice_after AFTER UPDATE ON practices_practice
    FOR EACH ROW EXECUTE FUNCTION practices_practice_after();

-- What is RED is for the people who are named, whatever else would let somebody read it.
CREATE POLICY red_readers ON practices_practice AS RESTRICTIVE TO undaunted_desk
    USING (tlp <> 'RED' OR (SELECT identity_actor()) = ANY (readers));
CREATE POLICY red_readers ON practices_version AS RESTRICTIVE TO undaunted_desk
    USING (tlp <> 'RED' OR (SELECT identity_actor()) = ANY (readers));

REVOKE ALL ON FUNCTION practices_holds_role(uuid, text[]), practices_sharing(text),
    practices_well_formed(jsonb), practices_project(uuid), practices_version_after(),
    practices_practice_after(), practices_colleague(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION practices_holds_role(uuid, text[]), practices_sharing(text),
    practices_well_formed(jsonb), practices_colleague(uuid, text) TO undaunted_desk;
