"""Memos are their holder's; what is RED is its builder's; a text is accepted by a second person."""

from pathlib import Path

from django.db import migrations

from undaunted.core.access.models import protect

HERE = Path(__file__).parent


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("memo", "0001_initial"),
        ("accounts", "0007_lock"),
        ("actors", "0002_protection"),
        ("audit", "0002_chain"),
        ("consent", "0005_withdrawals"),
    ]
    operations = [
        protect("memo_memo", grants="SELECT, INSERT, UPDATE", shared=False),
        protect("memo_memofile", grants="SELECT, INSERT, UPDATE", shared=False),
        protect("memo_memosubject", grants="SELECT, INSERT, DELETE", shared=False),
        protect("memo_memotext", grants="SELECT, INSERT, UPDATE", shared=False),
        _statements("gates.sql"),
        _statements("heed.sql"),
    ]
