"""Two people, held by the database: nobody recognises or publishes under another's name.

The rows say who proposed and who decided. A trigger compares them with the identity of the
transaction, so that somebody who can run SQL as the desk still cannot be two people. The owner,
who migrates and restores, passes.
"""

from django.db import migrations

GATES = """
CREATE FUNCTION registry_holds_role(holder uuid, wanted text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT holder = ANY (identity_organisations(wanted))
$$;
REVOKE ALL ON FUNCTION registry_holds_role(uuid, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_holds_role(uuid, text[]) TO undaunted_desk;

CREATE FUNCTION registry_publication_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' AND new.state <> 'proposed' THEN
        RAISE EXCEPTION 'a case is proposed before it is published' USING ERRCODE = '42501';
    END IF;
    IF (tg_op = 'INSERT' OR new.proposed_by <> old.proposed_by OR new.proposed_at <> old.proposed_at)
        AND new.proposed_by IS DISTINCT FROM identity_actor() THEN
        RAISE EXCEPTION 'a case is proposed in one''s own name' USING ERRCODE = '42501';
    END IF;
    IF tg_op = 'UPDATE' AND new.state = 'published' AND (
        old.state <> 'published' OR new.published_by IS DISTINCT FROM old.published_by
    ) AND (
        old.state <> 'proposed'
        OR new.proposed_by <> old.proposed_by
        OR new.published_by IS DISTINCT FROM identity_actor()
        OR new.published_by = new.proposed_by
        OR NOT registry_holds_role(new.holder, '{publisher}')
    ) THEN
        RAISE EXCEPTION 'a second person with the role publishes' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER registry_publication_gate BEFORE INSERT OR UPDATE ON registry_publication
    FOR EACH ROW EXECUTE FUNCTION registry_publication_gate();

CREATE FUNCTION registry_recognition_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'UPDATE' THEN
        IF (new.status, new.proposed_by, new.decided_by, new.standard, new.party_id)
            IS DISTINCT FROM
           (old.status, old.proposed_by, old.decided_by, old.standard, old.party_id) THEN
            RAISE EXCEPTION 'a status is superseded, never changed' USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF new.decided_by IS NOT NULL AND (
        new.decided_by IS DISTINCT FROM identity_actor()
        OR new.decided_by = new.proposed_by
        OR NOT registry_holds_role(new.holder, '{reviewer}')
        OR NOT EXISTS (
            SELECT 1 FROM registry_statusproposal p
            WHERE p.party_id = new.party_id AND p.standard = new.standard
              AND p.status = new.status AND p.proposed_by = new.proposed_by)
    ) THEN
        RAISE EXCEPTION 'a second person with the role decides' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER registry_recognition_gate BEFORE INSERT OR UPDATE ON registry_recognition
    FOR EACH ROW EXECUTE FUNCTION registry_recognition_gate();

CREATE FUNCTION registry_proposal_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' AND new.proposed_by IS DISTINCT FROM identity_actor() THEN
        RAISE EXCEPTION 'a status is proposed in one''s own name' USING ERRCODE = '42501';
    END IF;
    IF tg_op = 'UPDATE' AND (new.status, new.proposed_by, new.party_id, new.standard)
        IS DISTINCT FROM (old.status, old.proposed_by, old.party_id, old.standard) THEN
        RAISE EXCEPTION 'a proposal is answered, never changed' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER registry_proposal_gate BEFORE INSERT OR UPDATE ON registry_statusproposal
    FOR EACH ROW EXECUTE FUNCTION registry_proposal_gate();
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_newest"), ("accounts", "0002_identity")]
    operations = [migrations.RunSQL(GATES, migrations.RunSQL.noop)]
