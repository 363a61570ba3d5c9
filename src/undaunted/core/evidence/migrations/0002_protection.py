"""Row protection of sources, documents, custody and citations."""

from django.db import migrations

from undaunted.core.access.models import protect


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial"), ("accounts", "0002_identity")]
    operations = [
        protect("evidence_source", grants="SELECT, INSERT, UPDATE"),
        protect("evidence_document", grants="SELECT, INSERT"),
        protect("evidence_custodyevent", grants="SELECT, INSERT"),
        protect("evidence_citation", grants="SELECT, INSERT, UPDATE"),
    ]
