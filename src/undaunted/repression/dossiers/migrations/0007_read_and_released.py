"""What was read is released: a digest of what is told, files of one transaction, numbers of a reader."""

from pathlib import Path

from django.db import migrations, models

GATE = Path(__file__).with_name("releasing.sql").read_text(encoding="utf-8")
NAMES = ("submission.docx", "submission.pdf", "annexes.zip", "annexes.age", "victims.age")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0006_own_summary")]
    operations = [
        migrations.AddField(
            "submission",
            "digest",
            models.CharField(
                blank=True,
                default="",
                help_text="SHA-256 of what it tells; composed anew before release.",
                max_length=64,
            ),
        ),
        migrations.AddField(
            "submission",
            "made_in",
            models.BigIntegerField(
                default=0, help_text="Number of the transaction that wrote it; the database's."
            ),
        ),
        migrations.RemoveConstraint("submission", "one_number_of_a_dossier"),
        migrations.AddConstraint(
            "submission",
            models.UniqueConstraint(
                fields=["dossier", "reader", "number"], name="one_number_of_a_reader"
            ),
        ),
        migrations.AddConstraint(
            "submissionfile",
            models.CheckConstraint(
                condition=models.Q(name__in=NAMES), name="known_files_of_a_submission"
            ),
        ),
        migrations.RunSQL([GATE], migrations.RunSQL.noop),
    ]
