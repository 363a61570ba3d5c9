"""Row protection of the ledger of events; nothing is deleted."""

from django.db import migrations

from undaunted.core.access.models import protect


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial"), ("accounts", "0002_identity")]
    operations = [
        protect("events_event", grants="SELECT, INSERT, UPDATE"),
        protect("events_act", grants="SELECT, INSERT, UPDATE"),
        protect("events_involvement", grants="SELECT, INSERT, UPDATE"),
    ]
