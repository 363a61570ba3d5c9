"""How much a mailbox takes in a day through the return channel: held where no page can forget it."""

from django.db import migrations

FUNCTIONS = """
-- One who holds a receipt fills neither the disk nor the team's day: fifty messages and four million
-- bytes of envelopes a mailbox and day. The row of the mailbox is held, so that they count one by one.
CREATE FUNCTION intake_limit_day() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE letters bigint; held bigint; morning timestamptz;
BEGIN
    PERFORM 1 FROM intake_mailbox WHERE id = new.mailbox_id FOR NO KEY UPDATE;
    morning := date_trunc('day', new.at, 'UTC');
    SELECT count(*), coalesce(sum(octet_length(l.envelope)), 0) INTO letters, held
    FROM intake_letter l WHERE l.mailbox_id = new.mailbox_id AND l.kind = 'intake.message'
        AND l.at >= morning AND l.at < morning + interval '1 day';
    IF letters >= 50 OR held + octet_length(new.envelope) > 4000000 THEN
        RAISE EXCEPTION 'a mailbox takes no more messages today' USING ERRCODE = '54000';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER intake_limit_day BEFORE INSERT ON intake_letter
    FOR EACH ROW WHEN (new.kind = 'intake.message') EXECUTE FUNCTION intake_limit_day();
REVOKE ALL ON FUNCTION intake_limit_day() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_retention")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
