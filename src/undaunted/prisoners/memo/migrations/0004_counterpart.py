"""A withdrawal ends memos whose counterpart is the person who withdraws, and blanks the line."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

HEED = (Path(__file__).parent / "heed.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("memo", "0003_names")]
    operations: ClassVar = [migrations.RunSQL([HEED], migrations.RunSQL.noop)]
