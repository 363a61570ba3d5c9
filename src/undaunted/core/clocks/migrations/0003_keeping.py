"""Holding and erasing by two people, and erasing sealed records by the clock."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from undaunted.core.access.models import protect

_SQL = Path(__file__).parent
SHARING = [("organisation", "organisation"), ("shared", "shared")]
ASKED = [("hold", "hold"), ("release", "release"), ("erase", "erase")]
WHY = [
    ("litigation", "litigation"),
    ("investigation", "investigation"),
    ("person_asked", "person_asked"),
    ("reason_over", "reason_over"),
    ("purpose_over", "purpose_over"),
    ("danger", "danger"),
]


class Migration(migrations.Migration):
    dependencies = [("clocks", "0002_protection"), ("vault", "0003_ceremonies")]
    operations = [
        migrations.AddField(
            model_name="clock",
            name="held_since",
            field=models.DateTimeField(
                help_text="Two people hold what would be erased.", null=True
            ),
        ),
        migrations.CreateModel(
            name="Request",
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
                ("asked", models.CharField(choices=ASKED, max_length=8)),
                ("why", models.CharField(choices=WHY, max_length=16)),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("granted", models.BooleanField(null=True)),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="clocks.clock",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at__isnull", True)),
                fields=("clock",),
                name="one_request_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("granted__isnull", True),
                    ("granted", False),
                    models.Q(("asked_by", models.F("decided_by")), _negated=True),
                    _connector="OR",
                ),
                name="second_person_grants",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                        ("granted__isnull", True),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("granted__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="decided_wholly",
            ),
        ),
        protect("clocks_request", grants="SELECT, INSERT, UPDATE"),
        migrations.RunSQL((_SQL / "keeping.sql").read_text("utf-8"), migrations.RunSQL.noop),
    ]
