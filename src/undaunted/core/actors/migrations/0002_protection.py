"""Row protection of parties, names and judgements."""

from django.db import migrations

from undaunted.core.access.models import protect


class Migration(migrations.Migration):
    dependencies = [("actors", "0001_initial"), ("accounts", "0002_identity")]
    operations = [
        protect("actors_party", grants="SELECT, INSERT, UPDATE"),
        protect("actors_partyname", grants="SELECT, INSERT, UPDATE"),
        protect("actors_judgement", grants="SELECT, INSERT, UPDATE"),
    ]
