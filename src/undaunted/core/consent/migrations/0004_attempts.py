"""Failed deliveries are remembered and tried again; expiry is found by the database.

The worker acts for nobody, so what it reads of consent it reads through functions of the owner that
give opaque ids only.
"""

import django.db.models.deletion
from django.db import migrations, models

from undaunted.core.access.models import open_reference

FUNCTIONS = """
CREATE INDEX grants_by_end ON consent_grant (until) WHERE revoked_at IS NULL;
CREATE INDEX expiries_announced ON consent_news ((detail ->> 'grant')) WHERE kind = 'expired';

CREATE FUNCTION consent_announce_expiries(moment timestamptz) RETURNS SETOF consent_news
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
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

CREATE FUNCTION consent_waiting(wanted text, moment timestamptz, most int)
RETURNS SETOF consent_news
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT n.* FROM consent_news n
    WHERE NOT EXISTS (SELECT FROM consent_receipt r WHERE r.news_id = n.id AND r.handler = wanted)
      AND NOT EXISTS (SELECT FROM consent_attempt a
                      WHERE a.news_id = n.id AND a.handler = wanted AND a.next_at > moment)
    ORDER BY n.at, n.id LIMIT most
$$;

CREATE FUNCTION consent_undelivered(wanted text[])
RETURNS TABLE(handler text, waiting bigint, failed bigint, oldest timestamptz, tries int,
              problems text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT h.name, count(*), count(a.id), min(n.at), coalesce(max(a.tries), 0),
        coalesce(array_agg(DISTINCT a.problem::text) FILTER (WHERE a.id IS NOT NULL), '{}')
    FROM unnest(wanted) AS h(name) CROSS JOIN consent_news n
    LEFT JOIN consent_attempt a ON a.news_id = n.id AND a.handler = h.name
    WHERE NOT EXISTS (SELECT FROM consent_receipt r WHERE r.news_id = n.id AND r.handler = h.name)
    GROUP BY h.name ORDER BY h.name
$$;

CREATE FUNCTION consent_receive(told uuid, wanted text, moment timestamptz, what jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO consent_receipt (news_id, handler, at, done) VALUES (told, wanted, moment, what)
$$;

REVOKE ALL ON FUNCTION consent_receive(uuid, text, timestamptz, jsonb), consent_announce_expiries(timestamptz),
    consent_waiting(text, timestamptz, int), consent_undelivered(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION consent_receive(uuid, text, timestamptz, jsonb), consent_announce_expiries(timestamptz),
    consent_waiting(text, timestamptz, int), consent_undelivered(text[]) TO undaunted_desk;
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_news")]
    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("handler", models.CharField(max_length=80)),
                ("tries", models.IntegerField()),
                ("tried_at", models.DateTimeField()),
                ("next_at", models.DateTimeField()),
                (
                    "problem",
                    models.CharField(
                        help_text="Class of the error, never its words.", max_length=80
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "news",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attempts",
                        to="consent.news",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=["next_at"],
                        name="news_that_waits",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("news", "handler"), name="one_attempt_per_handler"
                    )
                ],
            },
        ),
        open_reference("consent_attempt", grants="SELECT, INSERT, UPDATE"),
        open_reference("consent_attempt_id_seq", grants="USAGE"),
        migrations.RunSQL([FUNCTIONS], migrations.RunSQL.noop),
    ]
