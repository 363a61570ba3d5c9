"""An announcement of 553 releases, brought in, approved and counted: 230 of them were ours (K4).

The shape of what was announced in Cuba in 2025, on invented people of XR: 323 common prisoners who
were never recognised, and 230 who went home on parole with their sentences intact.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from tests.prisoners.registry.casework import PACE
from tests.prisoners.registry.desk import AT, Desk, bring_in
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.audit.models import Entry
from undaunted.core.consent.actions import record_consents
from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Basis,
    FieldGroup,
    IdentityLevel,
    Purpose,
)
from undaunted.core.standards.actions import record_assessments
from undaunted.core.standards.rules import Finding, Value, pack
from undaunted.prisoners.registry.actions.batches import (
    propose_publications,
    propose_recognitions,
    publish_together,
    recognise_together,
)
from undaunted.prisoners.registry.actions.publication import approve_changes
from undaunted.prisoners.registry.commands import commands
from undaunted.prisoners.registry.models import PublishedCase
from undaunted.prisoners.registry.queries.changes import gates_waiting, offers_for
from undaunted.prisoners.registry.queries.counting import count, flows
from undaunted.prisoners.registry.queries.imports import entries_of
from undaunted.prisoners.registry.queries.releases import releases_by_type

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.actors.models import Party
    from undaunted.prisoners.registry.models import ImportBatch, SourceList

OURS, COMMON = 230, 323
HEADER = "id,name,arrested,released,how,url"
MAPPING = """
id = "announcement"
version = 1
language = "en"

[format]
kind = "csv"

[keys]
columns = ["id"]

[constants]
"spell.country" = "XR"
tier = "B"
"source.grade" = "B2"

[[columns]]
column = "name"
field = "person.name.full"

[[columns]]
column = "arrested"
field = "spell.start"

[[columns]]
column = "released"
field = "spell.end"

[[columns]]
column = "how"
field = "spell.release_kind"

[[columns]]
column = "url"
field = "source.url"
"""


def rows(*, freed: bool) -> list[str]:
    """Give the list before or after the announcement."""
    made = []
    for number in range(OURS + COMMON):
        how = "conditional_parole" if number < OURS else "unconditional"
        end = f"2025-01-20,{how}" if freed else ","
        made.append(
            f"{number},Invented Person {number},2021-07-11,{end},https://example.org/{number}"
        )
    return made


def brought_in(desk: Desk, listed: SourceList, *, freed: bool, days: int) -> ImportBatch:
    return bring_in(desk, listed, *rows(freed=freed), days=days, mapping=MAPPING, header=HEADER)


def agreed(desk: Desk, subjects: list[UUID]) -> None:
    with acting_as(desk.documenter) as actor:
        record_consents(
            subjects, actor=actor, at=AT, holder=desk.organisation, purpose=Purpose.REGISTRY,
            audience=PUBLIC_AUDIENCE, level=IdentityLevel.NAME,
            field_groups=[FieldGroup.IDENTITY, FieldGroup.BIOGRAPHY, FieldGroup.DETENTION],
            basis=Basis.FAMILY_PROXY, relation="sibling", how="call", given_on=date(2026, 10, 1),
            until=date(2030, 1, 1),
        )  # fmt: skip


def recognised_together(desk: Desk, parties: dict[UUID, Party]) -> None:
    findings = {name: Finding(Value.NOT_MET) for name in pack(PACE, AT.date()).criteria}
    findings["deprived_of_liberty"] = Finding(Value.MET)
    findings["a"] = Finding(Value.MET, ("Peaceful speech.",))
    with acting_as(desk.reviewer) as actor:
        assessed = record_assessments(
            "person", dict.fromkeys(parties, findings), actor=actor, at=AT,
            holder=desk.organisation, pack=PACE,
        )  # fmt: skip
        proposals = propose_recognitions(
            assessed, actor=actor, at=AT, parties=parties, reason="As assessed."
        )
    with acting_as(desk.second_reviewer) as actor:
        recognise_together(proposals, actor=actor, at=AT)


def test_of_553_announced_releases_230_change_the_count(desk: Desk, first_list: SourceList) -> None:
    brought_in(desk, first_list, freed=False, days=0)
    with acting_as(desk.steward) as actor:
        held = list(entries_of(actor, first_list).select_related("party"))
    parties = {entry.party_id: entry.party for entry in held}
    ours = {entry.party_id: entry.party for entry in held if int(entry.source_key) < OURS}
    agreed(desk, list(parties))
    recognised_together(desk, ours)
    with acting_as(desk.documenter) as actor:
        gates = propose_publications(list(parties.values()), actor=actor, at=AT)
    with acting_as(desk.publisher) as actor:
        publish_together(gates, actor=actor, at=AT)
    since, until = date(2024, 12, 31), date(2025, 12, 31)
    assert count(PUBLIC, as_of=until, country="XR").persons == OURS

    batch = brought_in(desk, first_list, freed=True, days=1)
    assert (batch.changed, batch.rows_written) == (OURS + COMMON, OURS + COMMON)
    assert count(PUBLIC, as_of=until, country="XR").persons == OURS
    later = AT + timedelta(days=2)
    with acting_as(desk.publisher) as actor:
        waiting = gates_waiting(actor, batch=batch.pk).values_list("pk", flat=True)
        seen = offers_for(actor, waiting)
        assert approve_changes(seen, actor=actor, at=later) == OURS + COMMON
        assert Entry.objects.filter(verb="publication.changes_approved").count() == 1

    assert PublishedCase.objects.filter(release_type="unconditional").count() == COMMON
    moved = flows(PUBLIC, since=since, until=until, country="XR")
    assert (moved.before, moved.released, moved.after, moved.residual) == (OURS, OURS, 0, 0)
    assert (moved.new, moved.died, moved.reclassified_out, moved.backlog) == (0, 0, 0, 0)
    by_type = releases_by_type(PUBLIC, since=since, until=until, country="XR")
    assert by_type == {"conditional_parole": OURS}
    words = ["count", "--country", "XR", "--since", str(since), "--as-of", str(until), "--json"]
    told = json.loads(CliRunner().invoke(commands, words).output)
    assert told["flows"]["released_by_type"] == by_type
    as_known = flows(
        PUBLIC, since=until, until=until, country="XR", since_known=AT + timedelta(days=1)
    )
    assert (as_known.before, as_known.corrected, as_known.after) == (OURS, OURS, 0)
