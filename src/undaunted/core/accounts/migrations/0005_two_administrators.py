"""Rights by two administrators, guesses that are slowed, and sessions that end when left alone.

Roles that one administrator gave before, by the audit trail, are marked: whoever administers
accounts by one hand neither proposes nor approves until the owner appoints them.
"""

from pathlib import Path

import django.db.models.deletion
import uuid
from django.db import migrations, models

_SQL = Path(__file__).parent
_ROLES = ("reader", "documenter", "reviewer", "publisher", "steward", "administrator")

ONE_HAND = """
UPDATE accounts_membership m SET proposed_by = e.actor FROM audit_entry e
WHERE e.verb = 'role.given' AND e.subject_id = m.user_id::text AND e.at = m.since
"""


def _sql(name: str) -> migrations.RunSQL:
    return migrations.RunSQL((_SQL / name).read_text("utf-8"), migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_answers"),
        ("audit", "0002_chain"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [
        migrations.AddField("membership", "proposed_by", models.UUIDField(null=True)),
        migrations.AddField("membership", "approved_by", models.UUIDField(null=True)),
        migrations.CreateModel(
            name="RightsProposal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("role", "role"), ("renewal", "renewal")], max_length=8
                    ),
                ),
                ("whose", models.UUIDField(null=True)),
                ("username", models.CharField(max_length=64)),
                (
                    "role",
                    models.CharField(choices=[(role, role) for role in _ROLES], max_length=16),
                ),
                ("part", models.TextField()),
                ("proposed_by", models.UUIDField()),
                ("proposed_at", models.DateTimeField()),
                ("answer", models.CharField(max_length=9)),
                ("answered_by", models.UUIDField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("answer", "")),
                        fields=["organisation"],
                        name="rights_that_wait",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Tries",
            fields=[
                (
                    "bucket",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("wrong", models.IntegerField()),
                ("next_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("wrong__lt", 5)), fields=["seen_at"], name="tries_short"
                    ),
                    models.Index(
                        condition=models.Q(("wrong__gte", 5)), fields=["seen_at"], name="tries_long"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="SpentStep",
            fields=[
                ("authenticator_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("step", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(ONE_HAND, migrations.RunSQL.noop),
        _sql("rights.sql"),
        _sql("guesses.sql"),
        _sql("idleness.sql"),
    ]
