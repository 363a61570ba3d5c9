"""Whoever changed it lets nothing out; private raises are told once a month; old words are marked."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

HERE = Path(__file__).parent


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0002_protection"),
    ]

    operations = [
        migrations.AddField(
            model_name="adopter",
            name="changed_by",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(),
                default=list,
                help_text="Hands since it was last let out; the database keeps them, and none approves.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="adoption",
            name="changed_by",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(),
                default=list,
                help_text="Hands since it was last let out; the database keeps them, and none approves.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="changed_by",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(),
                default=list,
                help_text="Hands since it was last let out; the database keeps them, and none approves.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="campaigncase",
            name="changed_by",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(),
                default=list,
                help_text="Hands since it was last let out; the database keeps them, and none approves.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="adopter",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="materials",
                to="campaigns.adopter",
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="biography",
            field=models.PositiveSmallIntegerField(default=2, help_text="The same for roles."),
        ),
        migrations.AddField(
            model_name="material",
            name="changed_by",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(),
                default=list,
                help_text="Hands since it was last let out; the database keeps them, and none approves.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="identity",
            field=models.PositiveSmallIntegerField(
                default=4, help_text="Level of consent to the identity that its words need."
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="stale_at",
            field=models.DateTimeField(help_text="Since when its words are old.", null=True),
        ),
        migrations.AddField(
            model_name="raise",
            name="changed_by",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(),
                default=list,
                help_text="Hands since it was last let out; the database keeps them, and none approves.",
                size=None,
            ),
        ),
        migrations.CreateModel(
            name="PrivateMonth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until", models.DateField(help_text="First day that is not counted.")),
                ("counted", models.PositiveIntegerField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="private_months",
                        to="campaigns.campaign",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "until"), name="once_a_month")
                ],
            },
        ),
        _statements("hands.sql"),
        _statements("months.sql"),
        _statements("current.sql"),
    ]
