"""A record made by hand or received is proposed for a list; what was received stays with its holder."""

import uuid
from pathlib import Path
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

import undaunted.core.access.rules
from undaunted.core.access.models import protect

RECEIVED = Path(__file__).with_name("received.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("registry", "0015_reading_order"),
        ("accounts", "0006_governments"),
        ("sharing", "0003_ending"),
        ("standards", "0002_protection"),
    ]
    operations: ClassVar = [
        migrations.AlterField(
            model_name="listentry",
            name="batch",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="entries",
                to="registry.importbatch",
            ),
        ),
        migrations.CreateModel(
            name="ListProposal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("holder", models.UUIDField(help_text="Organisation that holds the record.")),
                ("sharing", models.CharField(choices=[("organisation", "organisation"), ("shared", "shared")], default=undaunted.core.access.rules.Sharing["ORGANISATION"], max_length=12)),
                ("proposed_by", models.UUIDField()),
                ("proposed_at", models.DateTimeField()),
                ("answer", models.CharField(blank=True, help_text="Empty while it waits.", max_length=12)),
                ("answered_by", models.UUIDField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("party", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="list_proposals", to="actors.party")),
                ("source_list", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="registry.sourcelist")),
            ],
            options={
                "constraints": [models.UniqueConstraint(condition=models.Q(("answer", "")), fields=("source_list", "party"), name="one_waiting_proposal_per_list")],
            },
        ),
        protect("registry_listproposal", grants="SELECT, INSERT, UPDATE", shared=False),
        migrations.RunSQL([RECEIVED], migrations.RunSQL.noop),
    ]
