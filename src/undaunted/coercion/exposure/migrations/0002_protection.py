"""Files of flows are their holder's; kept in one's own name, never changed, only discarded."""

from django.db import migrations

from undaunted.core.access.models import protect

GATE = """
CREATE FUNCTION exposure_flowfile_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user = 'undaunted_desk' AND new.kept_by IS DISTINCT FROM identity_actor() THEN
        RAISE EXCEPTION 'a file is kept in one''s own name' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER exposure_flowfile_gate BEFORE INSERT ON exposure_flowfile
    FOR EACH ROW EXECUTE FUNCTION exposure_flowfile_gate();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("exposure", "0001_initial"),
        ("accounts", "0007_lock"),
        ("audit", "0002_chain"),
    ]
    operations = [
        protect("exposure_flowfile", grants="SELECT, INSERT, DELETE", shared=False),
        migrations.RunSQL([GATE], migrations.RunSQL.noop),
    ]
