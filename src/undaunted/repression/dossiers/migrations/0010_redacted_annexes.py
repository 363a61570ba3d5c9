"""An annex may go along as a redacted copy of its document."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0009_erased_names"), ("evidence", "0005_redacted_copies")]
    operations = [
        migrations.AddField(
            "annex",
            "redacted",
            models.UUIDField(help_text="Redacted copy that goes in its place.", null=True),
        ),
    ]
