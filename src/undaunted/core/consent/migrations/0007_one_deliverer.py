"""Two deliverers never hand the same piece of news to the same handler.

A round of delivery may last longer than the time to the next one, and whoever withdraws with a
receipt delivers beside the worker. Whoever comes second waits, and finds the receipt of the first.
"""

from django.db import migrations

# Each statement of a plpgsql function that is volatile sees what was committed before it began:
# the receipt of whoever held the lock is seen once the lock is given.
FUNCTION = """
CREATE FUNCTION consent_take(told uuid, wanted text, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('consent_news ' || told || ' ' || wanted, 0));
    RETURN NOT EXISTS (SELECT FROM consent_receipt r WHERE r.news_id = told AND r.handler = wanted)
        AND NOT EXISTS (SELECT FROM consent_attempt a
                        WHERE a.news_id = told AND a.handler = wanted AND a.next_at > moment);
END $$;

REVOKE ALL ON FUNCTION consent_take(uuid, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION consent_take(uuid, text, timestamptz) TO undaunted_desk;
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0006_compared_keys")]
    operations = [migrations.RunSQL([FUNCTION], migrations.RunSQL.noop)]
