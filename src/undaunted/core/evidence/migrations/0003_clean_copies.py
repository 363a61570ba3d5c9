"""Clean copies of documents, and their row protection."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from undaunted.core.access.models import protect

SHARING = [("organisation", "organisation"), ("shared", "shared")]


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_protection")]
    operations = [
        migrations.CreateModel(
            name="CleanCopy",
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
                    models.CharField(choices=SHARING, default="organisation", max_length=12),
                ),
                (
                    "sha256",
                    models.CharField(
                        blank=True, help_text="Empty where there is no copy.", max_length=64
                    ),
                ),
                ("size", models.BigIntegerField(default=0)),
                ("media_type", models.CharField(blank=True, max_length=100)),
                (
                    "removed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "kept",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("refused", models.CharField(blank=True, max_length=24)),
                ("made_at", models.DateTimeField()),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clean_copy",
                        to="evidence.document",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="cleancopy",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256", ""), ("refused", ""), _connector="XOR"),
                name="copy_or_refusal",
            ),
        ),
        protect("evidence_cleancopy", grants="SELECT, INSERT"),
    ]
