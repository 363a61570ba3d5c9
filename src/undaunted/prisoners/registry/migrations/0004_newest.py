"""Find the cases published last without sorting all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_projection")]
    operations = [
        migrations.AddIndex(
            model_name="publishedcase",
            index=models.Index(fields=["-published_at", "reference"], name="published_newest"),
        ),
        migrations.AddIndex(
            model_name="publishedcase",
            index=models.Index(
                fields=["country", "-published_at", "reference"], name="published_newest_there"
            ),
        ),
    ]
