"""Movements of many cases are planned for the array that is given, however often they are asked.

After five calls on one connection PostgreSQL took a plan for any array, which compares every
segment with every case: the annual report of a million persons did not end.
"""

from typing import ClassVar

from django.db import migrations

ANEW = """
ALTER FUNCTION published_movements(text, timestamptz, uuid[])
    SET plan_cache_mode = force_custom_plan;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("registry", "0018_unpublished")]
    operations: ClassVar = [migrations.RunSQL(ANEW, migrations.RunSQL.noop)]
