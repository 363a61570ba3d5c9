"""What a withdrawn correction corrected stands again; a bill lapses, and "not found" is no "none"."""

from pathlib import Path

from django.db import migrations, models

RESTORING = Path(__file__).with_name("restoring.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("commitments", "0002_protection")]
    operations = [
        migrations.AlterField(
            model_name="commitmentstatement",
            name="status",
            field=models.CharField(
                choices=[
                    ("absent", "absent"),
                    ("proposed", "proposed"),
                    ("signed", "signed"),
                    ("adopted", "adopted"),
                    ("in_force", "in_force"),
                    ("amended", "amended"),
                    ("withdrawn", "withdrawn"),
                    ("lapsed", "lapsed"),
                    ("not_known", "not_known"),
                ],
                max_length=12,
            ),
        ),
        migrations.RemoveConstraint(
            model_name="commitmentstatement", name="one_correction_of_a_statement"
        ),
        migrations.AddConstraint(
            model_name="commitmentstatement",
            constraint=models.UniqueConstraint(
                fields=["corrects"],
                condition=models.Q(review__in=["waiting", "accepted"], withdrawn_at__isnull=True),
                name="one_correction_of_a_statement",
            ),
        ),
        migrations.RunSQL([RESTORING], migrations.RunSQL.noop),
    ]
