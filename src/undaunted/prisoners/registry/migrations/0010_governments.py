"""The search of names on the desk tells officials of a government nothing that others hold."""

from pathlib import Path

from django.db import migrations

CASES = (Path(__file__).parent / "cases.sql").read_text(encoding="utf-8")
FUNCTION = CASES[CASES.index("CREATE OR REPLACE FUNCTION actors_search(") :]
FUNCTION = FUNCTION[: FUNCTION.index("END $$;") + len("END $$;")]
RIGHTS = """
REVOKE ALL ON FUNCTION actors_search(text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION actors_search(text, int) TO undaunted_desk;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_grouping"), ("accounts", "0006_governments")]
    operations = [
        migrations.RunSQL([f"{FUNCTION}\n{RIGHTS}"], migrations.RunSQL.noop),
    ]
