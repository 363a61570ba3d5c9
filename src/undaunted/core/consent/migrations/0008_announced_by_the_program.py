"""News is announced by the application alone: what hears it destroys what others hold.

Whoever is at work reads the ids in the outbox. With SQL they would write that somebody of another
organisation withdrew, or was erased, and everybody would follow. The id of a piece of news is in
its code, so that it serves once.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION consent_announce(
    news uuid, what text, whom uuid, moment timestamptz, told text, code bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM vault_require_code(concat_ws('|', 'consent-announce', news, what, whom,
        (extract(epoch FROM moment) * 1000000)::bigint, told), code);
    IF cardinality((SELECT identity_organisations(
        '{reader,documenter,reviewer,publisher,steward}'))::uuid[]) = 0 THEN
        RAISE EXCEPTION 'news is announced by somebody at work' USING ERRCODE = '42501';
    END IF;
    INSERT INTO consent_news (id, kind, subject, at, detail)
    VALUES (news, what, whom, moment, told::jsonb);
END $$;
REVOKE ALL ON FUNCTION consent_announce(uuid, text, uuid, timestamptz, text, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION consent_announce(uuid, text, uuid, timestamptz, text, bytea)
    TO undaunted_desk;

DROP POLICY desk_adds ON consent_news;
REVOKE INSERT ON consent_news FROM undaunted_desk;
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0007_one_deliverer"), ("vault", "0005_admissions")]
    operations = [migrations.RunSQL([FUNCTION], migrations.RunSQL.noop)]
