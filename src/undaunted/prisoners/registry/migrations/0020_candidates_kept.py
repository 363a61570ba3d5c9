"""Pairs that may be one person are kept as they were found, for the organisation that reads both."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

import undaunted.core.access.rules
from undaunted.core.access.models import protect


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("registry", "0019_planned_anew"),
        ("actors", "0004_naming"),
        ("accounts", "0007_lock"),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Comparison",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("holder", models.UUIDField(help_text="Organisation that holds the record.")),
                ("sharing", models.CharField(choices=[("organisation", "organisation"), ("shared", "shared")], default=undaunted.core.access.rules.Sharing["ORGANISATION"], max_length=12)),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("records", models.IntegerField(default=0)),
                ("compared", models.IntegerField(default=0, help_text="Pairs that were looked at.")),
                ("kept", models.IntegerField(default=0, help_text="Pairs that were kept as candidates.")),
                ("origin", models.CharField(blank=True, help_text="Where weights come from.", max_length=300)),
                ("failure", models.TextField(blank=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("holder",), name="one_comparison_per_organisation")],
            },
        ),
        migrations.CreateModel(
            name="Candidate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("holder", models.UUIDField(help_text="Organisation that holds the record.")),
                ("sharing", models.CharField(choices=[("organisation", "organisation"), ("shared", "shared")], default=undaunted.core.access.rules.Sharing["ORGANISATION"], max_length=12)),
                ("score", models.FloatField(help_text="Likeness of the pair, not of a person.")),
                ("before", models.FloatField(help_text="Bits before anything of the pair is compared.")),
                ("bits", models.FloatField(help_text="Evidence: 1 doubles the odds that the two are one.")),
                ("steps", models.JSONField(default=list, help_text="Field, level, bits and rarity of each step.")),
                ("left", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="actors.party")),
                ("right", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="actors.party")),
            ],
            options={
                "indexes": [models.Index(fields=["holder", "-bits"], name="candidate_likeliest")],
                "constraints": [models.UniqueConstraint(fields=("holder", "left", "right"), name="one_candidate_per_pair")],
            },
        ),
        protect("registry_comparison", grants="SELECT, INSERT, UPDATE", shared=False),
        protect("registry_candidate", grants="SELECT, INSERT, DELETE", shared=False),
    ]
