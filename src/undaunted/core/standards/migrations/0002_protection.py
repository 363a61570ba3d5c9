"""Row protection of assessments."""

from django.db import migrations

from undaunted.core.access.models import protect


class Migration(migrations.Migration):
    dependencies = [("standards", "0001_initial"), ("accounts", "0002_identity")]
    operations = [
        protect("standards_assessment", grants="SELECT, INSERT, UPDATE"),
        protect("standards_findingrow", grants="SELECT, INSERT"),
        protect("standards_dissent", grants="SELECT, INSERT"),
    ]
