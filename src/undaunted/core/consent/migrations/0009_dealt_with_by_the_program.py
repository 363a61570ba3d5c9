"""That news was dealt with, or failed, and that an agreement ran out, the application alone says.

With SQL whoever is at work would write the receipt of somebody else's part, or put its next try off
for ever, and it would never hear that somebody withdrew. They would call what runs on run out.
"""

from django.db import migrations

FUNCTIONS = """
DROP FUNCTION consent_receive(uuid, text, timestamptz, jsonb);
CREATE FUNCTION consent_receive(
    told uuid, wanted text, moment timestamptz, what text, code bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM vault_require_code(concat_ws('|', 'consent-receive', told, wanted,
        (extract(epoch FROM moment) * 1000000)::bigint, what), code);
    INSERT INTO consent_receipt (news_id, handler, at, done)
    VALUES (told, wanted, moment, what::jsonb);
    UPDATE consent_attempt SET settled_at = moment WHERE news_id = told AND handler = wanted;
END $$;

-- One try more than before: a code that served once puts nothing off again.
CREATE FUNCTION consent_failed(told uuid, wanted text, times int, moment timestamptz,
                               later timestamptz, cause text, code bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM vault_require_code(concat_ws('|', 'consent-failed', told, wanted, times,
        (extract(epoch FROM moment) * 1000000)::bigint,
        (extract(epoch FROM later) * 1000000)::bigint, cause), code);
    INSERT INTO consent_attempt AS a (news_id, handler, tries, tried_at, next_at, problem)
    VALUES (told, wanted, times, moment, later, cause)
    ON CONFLICT (news_id, handler) DO UPDATE SET tries = excluded.tries,
        tried_at = excluded.tried_at, next_at = excluded.next_at, problem = excluded.problem
    WHERE excluded.tries > a.tries;
END $$;

DROP FUNCTION consent_announce_expiries(timestamptz);
CREATE FUNCTION consent_announce_expiries(moment timestamptz, code bytea)
RETURNS SETOF consent_news
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM vault_require_code(concat_ws('|', 'consent-expiries',
        (extract(epoch FROM moment) * 1000000)::bigint), code);
    PERFORM pg_advisory_xact_lock(hashtextextended('consent_announce_expiries', 0));
    RETURN QUERY
    INSERT INTO consent_news (id, kind, subject, at, detail)
    SELECT gen_random_uuid(), 'expired', g.subject, moment, jsonb_build_object('grant', g.id)
    FROM consent_grant g
    WHERE g.until <= (moment AT TIME ZONE 'UTC')::date AND g.revoked_at IS NULL
      AND NOT EXISTS (SELECT FROM consent_news n
                      WHERE n.kind = 'expired' AND n.detail ->> 'grant' = g.id::text)
    ORDER BY g.until, g.id
    RETURNING *;
END $$;

REVOKE ALL ON FUNCTION consent_receive(uuid, text, timestamptz, text, bytea),
    consent_failed(uuid, text, int, timestamptz, timestamptz, text, bytea),
    consent_announce_expiries(timestamptz, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION consent_receive(uuid, text, timestamptz, text, bytea),
    consent_failed(uuid, text, int, timestamptz, timestamptz, text, bytea),
    consent_announce_expiries(timestamptz, bytea) TO undaunted_desk;

DROP POLICY desk_adds ON consent_receipt;
REVOKE INSERT ON consent_receipt FROM undaunted_desk;
REVOKE INSERT, UPDATE ON consent_attempt FROM undaunted_desk;
REVOKE USAGE ON SEQUENCE consent_receipt_id_seq, consent_attempt_id_seq FROM undaunted_desk;
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0008_announced_by_the_program")]
    operations = [migrations.RunSQL([FUNCTIONS], migrations.RunSQL.noop)]
