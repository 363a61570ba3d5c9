"""Row protection of the ledger of consent; nothing is deleted."""

from django.db import migrations

from undaunted.core.access.models import open_reference, protect


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial"), ("accounts", "0002_identity")]
    operations = [
        protect("consent_grant", grants="SELECT, INSERT, UPDATE"),
        open_reference("consent_news", grants="SELECT, INSERT"),
        open_reference("consent_receipt", grants="SELECT, INSERT"),
        open_reference("consent_receipt_id_seq", grants="USAGE"),
    ]
