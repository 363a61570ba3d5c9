"""What a court or a body of review made of a decision: whether it stands, not only in words."""

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
    ]
