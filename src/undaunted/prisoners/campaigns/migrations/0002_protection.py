"""Rows of campaigns are their holder's; two people let out what is shown; the public reads views."""

from pathlib import Path

from django.db import migrations

from undaunted.core.access.models import protect

HERE = Path(__file__).parent
KEPT = "SELECT, INSERT, UPDATE"


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0001_initial"),
        ("accounts", "0007_lock"),
        ("actors", "0002_protection"),
        ("consent", "0006_compared_keys"),
        ("registry", "0017_replaced_names"),
    ]
    operations = [
        protect("campaigns_campaign", grants=KEPT, shared=False),
        protect("campaigns_campaigncase", grants=KEPT, shared=False),
        protect("campaigns_adopter", grants=KEPT, shared=False),
        protect("campaigns_adoption", grants=KEPT, shared=False),
        protect("campaigns_material", grants=KEPT, shared=False),
        protect("campaigns_raise", grants=KEPT, shared=False),
        protect("campaigns_raisestep", grants="SELECT, INSERT", shared=False),
        _statements("gates.sql"),
        _statements("published.sql"),
    ]
