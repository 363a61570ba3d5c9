"""The application alone releases a paper, after it asked everything that may have changed."""

from pathlib import Path

from django.db import migrations

STAYS, VOUCHED = (
    Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8")
    for name in ("coincidences", "vouched_papers")
)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0021_acts_of_victims")]
    operations = [migrations.RunSQL([STAYS, VOUCHED], migrations.RunSQL.noop)]
