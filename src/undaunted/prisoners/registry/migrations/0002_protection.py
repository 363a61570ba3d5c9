"""Row protection of the registry; the projections are open for reading."""

from django.db import migrations

from undaunted.core.access.models import protect, publish


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial"), ("accounts", "0002_identity")]
    operations = [
        protect("registry_sourcelist", grants="SELECT, INSERT, UPDATE"),
        protect("registry_mappingversion", grants="SELECT, INSERT"),
        protect("registry_importbatch", grants="SELECT, INSERT, UPDATE"),
        protect("registry_listentry", grants="SELECT, INSERT, UPDATE"),
        protect("registry_recognition", grants="SELECT, INSERT, UPDATE"),
        protect("registry_partybefore", grants="SELECT, INSERT"),
        protect("registry_statusproposal", grants="SELECT, INSERT, UPDATE"),
        protect("registry_publication", grants="SELECT, INSERT, UPDATE"),
        publish("published_case"),
        publish("published_name"),
        publish("published_spell"),
        publish("published_segment"),
        publish("published_level"),
        publish("published_delta"),
        publish("published_cell"),
        publish("published_source"),
        publish("published_tombstone"),
    ]
