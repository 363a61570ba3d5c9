"""What an official did, when and to what is read by their own government; the chain is still walked.

Verb, actor and id tell another government's steward who calls upon whom. The chain is walked in the
owner's right: an administrator or a steward learns whether it is whole, and not what it holds.
"""

from django.db import migrations

OFFICIALS = """
CREATE FUNCTION audit_tells_of(who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT who IS NULL OR who = identity_actor() OR NOT EXISTS (
        SELECT FROM accounts_membership m JOIN accounts_organisation o ON o.id = m.organisation_id
        WHERE m.user_id = who AND o.government
          AND o.id <> ALL (identity_organisations('{administrator,steward}')))
$$;

CREATE POLICY officials ON audit_entry AS RESTRICTIVE FOR SELECT TO undaunted_desk
    USING (audit_tells_of(actor));

CREATE FUNCTION audit_walk(anchored bigint, under text)
RETURNS TABLE (found text, number bigint, hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH walked AS (
        SELECT e.seq, e.hash, e.previous,
            lag(e.seq, 1, 0::bigint) OVER walk + 1 AS due,
            lag(e.hash::text, 1, repeat('0', 64)) OVER walk AS before,
            encode(sha256(convert_to(concat_ws(chr(31), e.previous, e.seq,
                (extract(epoch FROM e.at) * 1000000)::bigint, coalesce(e.actor::text, ''), e.verb,
                e.subject_kind, e.subject_id, e."right", e.digest), 'UTF8')), 'hex') AS made
        FROM audit_entry e
        WHERE e.seq IS NOT NULL
          AND cardinality((SELECT identity_organisations('{administrator,steward}'))) > 0
        WINDOW walk AS (ORDER BY e.seq)
    )
    SELECT * FROM (
        SELECT 'missing', w.due, '' FROM walked w WHERE w.seq <> w.due
        UNION ALL SELECT 'loose', w.seq, '' FROM walked w WHERE w.previous <> w.before
        UNION ALL SELECT 'changed', w.seq, '' FROM walked w WHERE w.hash <> w.made
        UNION ALL SELECT 'anchored', w.seq, '' FROM walked w
            WHERE w.seq = anchored AND w.hash = under
        UNION ALL (SELECT 'end', w.seq, w.hash FROM walked w ORDER BY w.seq DESC LIMIT 1)
    ) AS told (found, number, hash) ORDER BY number, found
$$;

REVOKE ALL ON FUNCTION audit_tells_of(uuid), audit_walk(bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_tells_of(uuid), audit_walk(bigint, text) TO undaunted_desk;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_officials"), ("accounts", "0006_governments")]
    operations = [migrations.RunSQL([OFFICIALS], migrations.RunSQL.noop)]
