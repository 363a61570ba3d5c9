"""A name that another took the place of says so, apart from one that was taken back."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("actors", "0002_protection")]
    operations: ClassVar = [
        migrations.AddField(
            "partyname",
            "replaced_by",
            models.UUIDField(
                null=True, help_text="Name that took its place; empty where it was only taken back."
            ),
        ),
    ]
