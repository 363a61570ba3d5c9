"""An authority sees its own cases; two people decide; nothing that was known is overwritten."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).parent
OF_CASE = (
    "filing", "party", "load", "stake", "fact", "listcheck", "scope", "assessment", "request",
    "answer", "recourse", "mitigation", "check", "analysis", "decision", "notice",
)  # fmt: skip
ADDED_ONLY = ("analysis", "comment")
TOLD = frozenset(OF_CASE) - {"analysis", "decision", "notice"}
GATED = ("case", "filing", "decision", "notice", "comment")
ENVELOPES = ("filing", "request", "answer", "assessment", "decision")
OWN = "holder = ANY ((SELECT screening_mine())::uuid[])"
WRITES = "holder = ANY ((SELECT screening_writes())::uuid[])"
SIGHT = {
    "casestep": "EXISTS (SELECT FROM screening_case c WHERE c.id = case_id)",
    "notice": f"{OWN} OR sent_at IS NOT NULL AND withdrawn_at IS NULL"
    " AND recipient = ANY ((SELECT screening_mine())::uuid[])",
    "comment": f"{OWN} OR screening_gave(notice_id)",
}
TABLES = ("case", "casestep", "comment", *OF_CASE)


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


def _protected(table: str) -> migrations.RunSQL:
    name = f"screening_{table}"
    told = [
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY keeper ON {name} TO CURRENT_USER USING (true) WITH CHECK (true)",
        f"CREATE POLICY desk_reads ON {name} FOR SELECT TO undaunted_desk"
        f" USING ({SIGHT.get(table, OWN)})",
        f"GRANT SELECT ON {name} TO undaunted_desk",
    ]
    if table != "casestep":
        told += [
            f"CREATE POLICY desk_adds ON {name} FOR INSERT TO undaunted_desk WITH CHECK ({WRITES})",
            f"GRANT INSERT ON {name} TO undaunted_desk",
            f"CREATE TRIGGER a_hands BEFORE INSERT OR UPDATE ON {name}"
            " FOR EACH ROW EXECUTE FUNCTION screening_hands()",
        ]
    if table not in {"casestep", *ADDED_ONLY}:
        told += [
            f"CREATE POLICY desk_changes ON {name} FOR UPDATE TO undaunted_desk USING ({WRITES})",
            f"GRANT UPDATE ON {name} TO undaunted_desk",
        ]
    told += _triggers(name, table)
    return migrations.RunSQL(told, migrations.RunSQL.noop)


def _triggers(name: str, table: str) -> list[str]:
    named = {
        "b_of_case": ("screening_of_case", table in OF_CASE),
        "c_told": ("screening_told", table in TOLD),
        "d_gate": (f"screening_{table}_gate", table in GATED),
    }
    made = [
        f"CREATE TRIGGER {trigger} BEFORE INSERT OR UPDATE ON {name}"
        f" FOR EACH ROW EXECUTE FUNCTION {function}()"
        for trigger, (function, wanted) in named.items()
        if wanted
    ]
    if table == "case":
        made.append(
            f"CREATE TRIGGER e_step AFTER INSERT OR UPDATE ON {name}"
            " FOR EACH ROW EXECUTE FUNCTION screening_note_step()"
        )
    if table in ENVELOPES:
        made.append(
            f"ALTER TABLE {name} ADD CONSTRAINT screening_{table}_kept_in_an_envelope CHECK"
            " (envelope IS NULL"
            " OR sequence > 0 AND substr(envelope, 1, 21) = 'age-encryption.org/v1')"
        )
    return made


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0001_cases"),
        ("accounts", "0007_lock"),
        ("vault", "0005_admissions"),
    ]
    operations = [
        _statements("sight.sql"),
        _statements("gates.sql"),
        *(_protected(table) for table in TABLES),
    ]
