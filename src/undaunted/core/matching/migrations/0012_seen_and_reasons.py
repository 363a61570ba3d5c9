"""A verdict keeps what its judge was shown; its reason is read by the organisation that gave it."""

import uuid
from pathlib import Path

from django.db import migrations, models

import undaunted.core.access.rules
from undaunted.core.access.models import protect

GATES = Path(__file__).with_name("seen_and_reasons.sql").read_text(encoding="utf-8")
MOVE = """
INSERT INTO matching_reason (id, holder, sharing, hand, text)
    SELECT gen_random_uuid(), holder, 'organisation', id, why FROM matching_hand WHERE why <> '';
UPDATE matching_hand SET reasoned = true WHERE why <> '';
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0011_judged_by_the_program")]
    operations = [
        migrations.AddField(
            "matchjudgement",
            "shown",
            models.CharField(
                blank=True,
                default="",
                help_text="Names all that the judge was shown of both.",
                max_length=64,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "hand",
            "reasoned",
            models.BooleanField(default=False, help_text="Whether a reason is kept with it."),
        ),
        migrations.CreateModel(
            "Reason",
            [
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
                ("hand", models.UUIDField(unique=True)),
                ("text", models.TextField()),
            ],
            options={"abstract": False},
        ),
        migrations.RunSQL([MOVE], migrations.RunSQL.noop),
        migrations.RemoveField("hand", "why"),
        protect("matching_reason", grants="SELECT, INSERT"),
        migrations.RunSQL([GATES], migrations.RunSQL.noop),
    ]
