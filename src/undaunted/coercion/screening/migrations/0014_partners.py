"""Partners' periods: who asked for information, which laws a notice is under, why none is waited for.

A decision that unwinds names the last day on which it is done.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("screening", "0013_evidence_files")]
    operations = [
        migrations.AddField(
            model_name="decision",
            name="urgent",
            field=models.TextField(
                blank=True, help_text="Why it did not wait for partners' periods."
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="unwind_by",
            field=models.DateField(help_text="Last day on which it is unwound.", null=True),
        ),
        migrations.AddField(
            model_name="request",
            name="for_partners",
            field=models.BooleanField(
                default=False, help_text="Partners asked for it; their periods wait for it."
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="laws",
            field=models.JSONField(
                help_text="Regimes whose periods it starts; else every one.", null=True
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="though_outside",
            field=models.TextField(
                blank=True, help_text="Why they are told, where no law reaches the investment."
            ),
        ),
    ]
