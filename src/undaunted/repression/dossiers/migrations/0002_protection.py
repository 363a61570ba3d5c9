"""A dossier is read by its handling team alone; its parts stay, and a submission takes two people."""

from pathlib import Path

from django.db import migrations

from undaunted.core.access.models import protect

GATES = (Path(__file__).parent / "gates.sql").read_text(encoding="utf-8")
KEPT = ("dossieract", "accused", "detail", "post", "link", "foundfact", "statement", "annex")


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0001_initial"),
        ("accounts", "0007_lock"),
        ("actors", "0002_protection"),
        ("audit", "0002_chain"),
        ("consent", "0005_withdrawals"),
    ]
    operations = [
        protect("dossiers_dossier", grants="SELECT, INSERT, UPDATE", shared=False),
        *(
            protect(f"dossiers_{name}", grants="SELECT, INSERT, UPDATE", shared=False)
            for name in KEPT
        ),
        protect("dossiers_submission", grants="SELECT, INSERT, UPDATE", shared=False),
        protect("dossiers_submissionfile", grants="SELECT, INSERT, UPDATE", shared=False),
        protect("dossiers_submissionsubject", grants="SELECT, INSERT, DELETE", shared=False),
        # Given as a list, a statement goes to the server whole, without being split or parsed.
        migrations.RunSQL([GATES], migrations.RunSQL.noop),
    ]
