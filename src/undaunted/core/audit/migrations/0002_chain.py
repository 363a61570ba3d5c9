"""The chain is made by the database when a transaction commits.

A deferred constraint trigger numbers and hashes each new entry under an advisory transaction lock,
which is therefore taken last. The desk may add entries in its own name and nothing else.
"""

from django.db import migrations

CHAIN = """
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, repeat('0', 64));

CREATE FUNCTION audit_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE head audit_head; number bigint; link text; text_form text;
BEGIN
    PERFORM pg_advisory_xact_lock(7254183001);
    SELECT * INTO head FROM audit_head WHERE id = 1 FOR UPDATE;
    number := head.seq + 1;
    text_form := concat_ws(chr(31), head.hash, number,
        (extract(epoch FROM new.at) * 1000000)::bigint, coalesce(new.actor::text, ''), new.verb,
        new.subject_kind, new.subject_id, new."right", new.digest);
    link := encode(sha256(convert_to(text_form, 'UTF8')), 'hex');
    UPDATE audit_entry SET seq = number, previous = head.hash, hash = link WHERE id = new.id;
    UPDATE audit_head SET seq = number, hash = link WHERE id = 1;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_chain() FROM PUBLIC;

CREATE CONSTRAINT TRIGGER audit_chain AFTER INSERT ON audit_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain();

ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON audit_entry TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_reads ON audit_entry FOR SELECT TO undaunted_desk
    USING ((SELECT identity_actor()) IS NOT NULL AND (actor = (SELECT identity_actor())
        OR cardinality((SELECT identity_organisations('{administrator,steward}'))::uuid[]) > 0));
CREATE POLICY desk_adds ON audit_entry FOR INSERT TO undaunted_desk
    WITH CHECK (seq IS NULL AND hash = '' AND actor IS NOT DISTINCT FROM (SELECT identity_actor()));
GRANT SELECT, INSERT ON audit_entry TO undaunted_desk;

ALTER TABLE audit_detail ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON audit_detail TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_reads ON audit_detail FOR SELECT TO undaunted_desk
    USING (EXISTS (SELECT 1 FROM audit_entry e WHERE e.id = entry_id));
CREATE POLICY desk_adds ON audit_detail FOR INSERT TO undaunted_desk WITH CHECK (true);
GRANT SELECT, INSERT ON audit_detail TO undaunted_desk;
GRANT SELECT ON audit_head TO undaunted_desk;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("accounts", "0002_identity")]
    operations = [migrations.RunSQL(CHAIN, migrations.RunSQL.noop)]
