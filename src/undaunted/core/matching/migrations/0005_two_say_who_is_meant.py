"""That somebody of a file is an entry takes two people; what one said before waits for a second."""

from pathlib import Path

from django.db import migrations, models

GATE = Path(__file__).with_name("two_say.sql").read_text(encoding="utf-8")
AGAIN = Path(__file__).with_name("asked_again.sql").read_text(encoding="utf-8")
UNDO = """
DROP TRIGGER matching_answer_own ON matching_answer;
DROP FUNCTION matching_answer_gate();
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0004_compared_at")]
    operations = [
        migrations.AddField("answer", "confirmed_by", models.UUIDField(null=True)),
        migrations.AddField(
            "answer",
            "confirmed_at",
            models.DateTimeField(
                null=True, help_text="When a second person said the same of whoever is meant."
            ),
        ),
        migrations.AddField(
            "answer",
            "confirmed_why",
            models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "answer",
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("by")),
                name="two_people_say_who_is_meant",
            ),
        ),
        migrations.RunSQL([GATE], UNDO),
        migrations.RunSQL([AGAIN], migrations.RunSQL.noop),
    ]
