"""What of an annex is a picture is looked at by a second person, and a paper keeps by which looks."""

import uuid
from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import undaunted.core.access.rules
from undaunted.core.access.models import protect

GATES = Path(__file__).with_name("looked_at.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0012_neutral_summary"),
        ("evidence", "0007_redacted_further"),
    ]
    operations = [
        migrations.AddField(
            "submission",
            "looks",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(),
                default=list,
                help_text="By which its pictures were looked at.",
                size=None,
            ),
        ),
        migrations.CreateModel(
            name="AnnexLook",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("holder", models.UUIDField(help_text="Organisation that holds the record.")),
                (
                    "sharing",
                    models.CharField(
                        choices=[("organisation", "organisation"), ("shared", "shared")],
                        default=undaunted.core.access.rules.Sharing["ORGANISATION"],
                        max_length=12,
                    ),
                ),
                (
                    "sha256",
                    models.CharField(help_text="Of the file that was looked at.", max_length=64),
                ),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "annex",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="looks",
                        to="dossiers.annex",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        protect("dossiers_annexlook", grants="SELECT, INSERT, UPDATE", shared=False),
        migrations.RunSQL([GATES], migrations.RunSQL.noop),
    ]
