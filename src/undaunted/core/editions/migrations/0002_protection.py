"""Rows of editions are their holder's; two people publish; the public reads two views."""

from pathlib import Path

from django.db import migrations

from undaunted.core.access.models import protect

HERE = Path(__file__).parent


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("editions", "0001_initial"),
        ("accounts", "0003_sign_in"),
        ("actors", "0002_protection"),
        ("audit", "0002_chain"),
        ("consent", "0005_withdrawals"),
    ]
    operations = [
        protect("editions_edition", shared=False),
        protect("editions_editionfile", shared=False),
        protect("editions_editionsubject", grants="SELECT, INSERT, DELETE", shared=False),
        _statements("gates.sql"),
        _statements("heed.sql"),
    ]
