"""The desk may read and add places."""

from django.db import migrations

from undaunted.core.access.models import open_reference


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial"), ("accounts", "0002_identity")]
    operations = [
        open_reference("places_place", grants="SELECT, INSERT"),
    ]
