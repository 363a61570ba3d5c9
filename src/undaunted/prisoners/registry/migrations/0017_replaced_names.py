"""A corrected name waits before the public as an act does; a case knows how much of who may be shown.

What was merged before 0014 is projected anew here, since the functions in their newest form name
columns of this migration; so is whoever took their own word back while another's still showed them.
"""

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models

HERE = Path(__file__).parent
FILES = ("segments.sql", "cases.sql", "counts.sql", "approvals.sql")

TRIGGERS = """
DROP TRIGGER registry_name_stays ON actors_partyname;
CREATE TRIGGER registry_name_stays BEFORE UPDATE ON actors_partyname FOR EACH ROW
    EXECUTE FUNCTION registry_claim_stays('holder', 'sharing', 'withdrawn_at', 'primary',
                                          'replaced_by');
CREATE TRIGGER registry_name_replaced BEFORE UPDATE ON actors_partyname FOR EACH ROW
    WHEN (new.replaced_by IS NOT NULL AND new.replaced_by IS DISTINCT FROM old.replaced_by)
    EXECUTE FUNCTION registry_name_replaced();
"""

LEVELS = """
UPDATE published_case c SET identity = g.identity
FROM registry_gate(ARRAY(SELECT id FROM published_case)) g WHERE g.canonical = c.id
"""

ANEW = """
DO $$
DECLARE parties CONSTANT uuid[] := ARRAY(
    SELECT b.party_id FROM registry_publication b
    JOIN published_tombstone t ON t.reference = b.reference WHERE b.state = 'published'
    UNION
    SELECT b.party_id FROM consent_grant g JOIN actors_party m ON m.id = g.subject
    JOIN actors_party p ON p.canonical = m.canonical
    JOIN registry_publication b ON b.party_id = p.id AND b.state = 'published'
    WHERE g.purpose = 'registry' AND g.audience = 'public' AND g.basis = 'self'
      AND g.revoked_at IS NOT NULL);
BEGIN
    IF cardinality(parties) > 0 THEN PERFORM registry_project(parties); END IF;
END $$
"""


def _run(*texts: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL(list(texts), migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("registry", "0016_lists_by_hand"),
        ("actors", "0003_replaced_names"),
    ]
    operations: ClassVar = [
        migrations.AddField(
            "publishedcase",
            "identity",
            models.IntegerField(db_default=0, help_text="Level of identity in force, 0 to 4."),
        ),
        migrations.AlterField(
            "publishedcase",
            "name",
            models.CharField(max_length=300, help_text="Display name, or empty where none is shown."),
        ),
        migrations.RunSQL("SET LOCAL check_function_bodies = off", migrations.RunSQL.noop),
        _run(*((HERE / name).read_text(encoding="utf-8") for name in FILES)),
        _run(TRIGGERS),
        _run(LEVELS),
        _run(ANEW),
    ]
