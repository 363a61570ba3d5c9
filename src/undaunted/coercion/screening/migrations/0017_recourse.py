"""What a court or a body of review made of a decision: whether it stands, not only in words.

Who is above a company is found by index among the stakes of a case.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("screening", "0015_unwinding")]
    operations = [
        migrations.AddField(
            model_name="recourse",
            name="result",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Dismissed, annulled or sent back; older ones say none.",
                max_length=12,
            ),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="stake",
            index=models.Index(fields=["case", "owned"], name="stakes_of_owned"),
        ),
    ]
