"""The queue is written by the application and its worker; SQL alone asks for no job and ends none."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_lock"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        migrations.RunSQL(
            (Path(__file__).parent / "queue.sql").read_text("utf-8"), migrations.RunSQL.noop
        ),
    ]
