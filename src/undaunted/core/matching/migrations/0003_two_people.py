"""A verdict counts once a second person confirmed it; those given before wait for one."""

from pathlib import Path

from django.db import migrations, models

GATES = Path(__file__).with_name("two_people.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("matching", "0002_protection")]
    operations = [
        migrations.AddField(
            "matchjudgement",
            "confirmed_at",
            models.DateTimeField(
                null=True, help_text="When a second person confirmed it; it counts from then on."
            ),
        ),
        migrations.AddField("hand", "confirmed", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "hand",
            models.UniqueConstraint(
                fields=["judgement"],
                condition=models.Q(undone=False, confirmed=False),
                name="a_verdict_is_signed_once",
            ),
        ),
        migrations.RunSQL([GATES], migrations.RunSQL.noop),
    ]
