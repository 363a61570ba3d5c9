-- A record is proposed for a list of its own organisation, and its steward answers. What a partner sent
-- may stand in such a list, and goes with no list to anybody else; given up, it leaves nothing there.

CREATE FUNCTION registry_listing_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.proposed_by IS DISTINCT FROM identity_actor() OR new.answer <> ''
            OR new.answered_by IS NOT NULL OR NOT EXISTS (
            SELECT FROM registry_sourcelist l JOIN actors_party p ON p.holder = l.holder
            WHERE l.id = new.source_list_id AND p.id = new.party_id AND l.holder = new.holder) THEN
            RAISE EXCEPTION 'a record is proposed in one''s own name, for a list of its organisation'
                USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF (new.id, new.holder, new.source_list_id, new.party_id, new.proposed_by, new.proposed_at)
        IS DISTINCT FROM
       (old.id, old.holder, old.source_list_id, old.party_id, old.proposed_by, old.proposed_at)
        OR old.answer <> '' OR new.answer NOT IN ('accepted', 'declined')
        OR new.answered_by IS DISTINCT FROM identity_actor()
        OR new.holder <> ALL ((SELECT identity_organisations('{steward}'))::uuid[]) THEN
        RAISE EXCEPTION 'a steward of the list answers, once' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER registry_listing_gate BEFORE INSERT OR UPDATE ON registry_listproposal
    FOR EACH ROW EXECUTE FUNCTION registry_listing_gate();

-- What no import brought stands in a list because its steward said so.
CREATE FUNCTION registry_entry_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user = 'undaunted_desk' AND NOT EXISTS (
        SELECT FROM registry_listproposal q JOIN registry_sourcelist l ON l.id = q.source_list_id
        WHERE q.source_list_id = new.source_list_id AND q.party_id = new.party_id
          AND q.answer = 'accepted' AND q.answered_by = identity_actor()
          AND l.holder = q.holder AND new.holder = q.holder) THEN
        RAISE EXCEPTION 'a steward of the list takes a record in' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER registry_entry_gate BEFORE INSERT ON registry_listentry
    FOR EACH ROW WHEN (new.batch_id IS NULL) EXECUTE FUNCTION registry_entry_gate();

CREATE FUNCTION registry_received_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM sharing_kept k
               WHERE k.subject = (to_jsonb(new) ->> tg_argv[0])::uuid) THEN
        RAISE EXCEPTION 'what was received never goes onward: it stays with whom it was sent to'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

DO $$
DECLARE held text[];
BEGIN
    FOREACH held SLICE 1 IN ARRAY ARRAY[
        ['actors_party', 'id'], ['actors_partyname', 'party_id'], ['events_act', 'victim_id'],
        ['evidence_source', 'id'], ['evidence_document', 'id'], ['registry_listentry', 'party_id']]
    LOOP
        EXECUTE format(
            'CREATE TRIGGER registry_received_stays BEFORE UPDATE OF holder, sharing ON %I FOR EACH ROW'
            ' WHEN ((new.holder, new.sharing) IS DISTINCT FROM (old.holder, old.sharing))'
            ' EXECUTE FUNCTION registry_received_stays(%L)', held[1], held[2]);
    END LOOP;
END $$;

-- What was said here about a record goes with it: reasons of statuses, of findings, of likeness. That
-- there were such rows stays.
CREATE FUNCTION registry_received_given_up() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM registry_listentry WHERE party_id = new.subject;
    DELETE FROM registry_listproposal WHERE party_id = new.subject;
    UPDATE registry_statusproposal SET reason = '' WHERE party_id = new.subject;
    UPDATE registry_recognition SET reason = '' WHERE party_id = new.subject;
    UPDATE actors_judgement SET reasons = '[]' WHERE new.subject IN (left_id, right_id);
    UPDATE standards_findingrow f SET reasons = '' FROM standards_assessment a
    WHERE a.id = f.assessment_id AND a.subject_id = new.subject;
    UPDATE standards_dissent d SET text = '' FROM standards_assessment a
    WHERE a.id = d.assessment_id AND a.subject_id = new.subject;
    RETURN NULL;
END $$;
CREATE TRIGGER registry_received_given_up AFTER UPDATE OF given_up_at ON sharing_kept FOR EACH ROW
    WHEN (old.given_up_at IS NULL AND new.given_up_at IS NOT NULL AND new.subject_kind = 'party')
    EXECUTE FUNCTION registry_received_given_up();

REVOKE ALL ON FUNCTION registry_listing_gate(), registry_entry_gate(), registry_received_stays(),
    registry_received_given_up() FROM PUBLIC;
