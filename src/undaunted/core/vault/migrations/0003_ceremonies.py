"""Shares held by people of different organisations, comparing of keys, and re-sealing in portions."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

_SQL = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [("vault", "0002_protection"), ("accounts", "0004_answers")]
    operations = [
        migrations.RemoveConstraint(model_name="recovery", name="one_recovery_in_force"),
        migrations.AddField(
            model_name="recovery",
            name="pending",
            field=models.BooleanField(
                default=False,
                help_text="Not in force until every holder has typed their share back.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.UniqueConstraint(
                "pending",
                condition=models.Q(("retired_at__isnull", True)),
                name="one_recovery_in_force",
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="resealing_since",
            field=models.DateTimeField(
                help_text="Record keys sealed before this are still to be sealed anew.", null=True
            ),
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("organisation", models.UUIDField()),
                ("person", models.UUIDField()),
                ("digest", models.CharField(help_text="SHA-256 of the words.", max_length=64)),
                ("sealed", models.BinaryField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
                ("checked_at", models.DateTimeField(null=True)),
                (
                    "recovery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="vault.recovery",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.UniqueConstraint(
                fields=("recovery", "number"), name="one_share_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.UniqueConstraint(
                fields=("recovery", "organisation"), name="one_share_an_organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.UniqueConstraint(
                fields=("recovery", "person"), name="one_share_a_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sealed__isnull", True), ("taken_at__isnull", True), _connector="OR"
                ),
                name="taken_share_is_gone",
            ),
        ),
        migrations.CreateModel(
            name="KeyCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "public_key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="vault.publickey",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="keycheck",
            constraint=models.UniqueConstraint(
                fields=("public_key", "by"), name="one_check_a_person"
            ),
        ),
        migrations.RunSQL((_SQL / "ceremonies.sql").read_text("utf-8"), migrations.RunSQL.noop),
    ]
