"""A third aim, whose name is longer than the first two."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("practices", "0002_protection")]
    operations: ClassVar = [
        migrations.AlterField(
            "practice",
            "aim",
            models.CharField(
                choices=[
                    ("release", "release"),
                    ("shelter", "shelter"),
                    ("accountability", "accountability"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField("publishedpractice", "aim", models.CharField(max_length=16)),
    ]
