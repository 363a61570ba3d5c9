"""When files were last held against lists, and against which versions: to say what came since."""

import uuid

from django.db import migrations, models

from undaunted.core.access.models import protect
from undaunted.core.access.rules import Sharing


class Migration(migrations.Migration):
    dependencies = [("matching", "0005_two_say_who_is_meant")]
    operations = [
        migrations.CreateModel(
            name="Screening",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("holder", models.UUIDField(help_text="Organisation that holds the record.")),
                (
                    "sharing",
                    models.CharField(
                        choices=[
                            ("organisation", "organisation"),
                            ("shared", "shared"),
                        ],
                        default=Sharing.ORGANISATION,
                        max_length=12,
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
                ("at", models.DateTimeField()),
                (
                    "lists",
                    models.JSONField(
                        default=dict,
                        help_text="Number of the version that last changed each list, then.",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "screening",
            models.UniqueConstraint(fields=["holder", "kind"], name="files_held_last_once"),
        ),
        protect("matching_screening", grants="SELECT, INSERT, UPDATE", shared=False),
    ]
