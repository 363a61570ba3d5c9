"""What is said of entries is read by everybody; questions about people by their holder alone."""

from pathlib import Path

from django.db import migrations

from undaunted.core.access.models import protect, publish

GATES = Path(__file__).with_name("gates.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_initial"), ("accounts", "0007_lock")]
    operations = [
        publish("published_match_judgement"),
        publish("published_match_candidate"),
        publish("published_match_seen"),
        protect("matching_hand", grants="SELECT, INSERT"),
        protect("matching_question", grants="SELECT, INSERT, UPDATE", shared=False),
        protect("matching_answer", grants="SELECT, INSERT, UPDATE", shared=False),
        migrations.RunSQL([GATES], migrations.RunSQL.noop),
    ]
