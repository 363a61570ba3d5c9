"""Names are found by the words of a text, so that no text names somebody who did not agree."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

NAMING = (Path(__file__).parent / "naming.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("actors", "0003_replaced_names"), ("accounts", "0007_lock")]
    operations: ClassVar = [migrations.RunSQL([NAMING], migrations.RunSQL.noop)]
