"""Lists of cases: recording them and their mappings, handing stewardship over, full export."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Max, Q, QuerySet

from undaunted.core.access.rules import Facts, Sharing, Verb, require
from undaunted.core.actors.models import Judgement, Party, PartyName
from undaunted.core.audit.actions import record_entry
from undaunted.core.clocks.actions import hand_over_clocks
from undaunted.core.consent.models import Grant
from undaunted.core.events.models import Act, Event, Involvement
from undaunted.core.evidence.models import Citation, Source
from undaunted.core.standards.queries import assessment_rows
from undaunted.prisoners.registry.actions.listing import keep_received_back
from undaunted.prisoners.registry.actions.retention import DECLINED_IMPORT
from undaunted.prisoners.registry.models import (
    ImportBatch,
    ListEntry,
    MappingVersion,
    Publication,
    Recognition,
    SourceList,
    StatusProposal,
)
from undaunted.prisoners.registry.queries.received import received_records
from undaunted.prisoners.registry.readers.mapping_files import parse_mapping

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["export_list", "hand_over_list", "keep_mapping", "record_list"]


def record_list(  # noqa: PLR0913 - what is known of a list, one argument a column
    holder: UUID,
    *,
    actor: Actor,
    at: datetime,
    name: str,
    slug: str,
    publisher: str = "",
    url: str = "",
    licence: str = "",
    coverage_note: str = "",
    sharing: Sharing = Sharing.ORGANISATION,
) -> SourceList:
    """Add a list, whose steward is `holder`; all that is imported into it is shared like it."""
    require(actor, Verb.ACCEPT_IMPORT, Facts(holder=holder))
    with transaction.atomic():
        made = SourceList.objects.create(
            holder=holder,
            sharing=sharing,
            name=name,
            slug=slug,
            publisher=publisher,
            url=url,
            licence=licence,
            coverage_note=coverage_note,
            recorded_at=at,
        )
        record_entry("list.recorded", actor=actor, subject_kind="list", subject_id=made.pk, at=at)
    return made


def keep_mapping(
    source_list: SourceList, toml: str, *, actor: Actor, at: datetime
) -> MappingVersion:
    """Keep a mapping as a version of the list; the same text is kept once.

    Raises `InvalidMapping` with all its faults.
    """
    require(actor, Verb.IMPORT, Facts(holder=source_list.holder))
    mapping = parse_mapping(toml)
    with transaction.atomic():
        held = MappingVersion.objects.filter(
            source_list=source_list, digest=mapping.digest, holder=source_list.holder
        ).first()
        if held is not None:
            return held
        name = mapping.id[:80]
        versions = MappingVersion.objects.filter(source_list=source_list, name=name)
        last = versions.aggregate(last=Max("version"))["last"] or 0
        kept = MappingVersion.objects.create(
            holder=source_list.holder,
            sharing=source_list.sharing,
            source_list=source_list,
            name=name,
            version=last + 1,
            toml=toml,
            digest=mapping.digest,
            recorded_at=at,
            recorded_by=actor.person,
        )
        record_entry(
            "mapping.kept",
            actor=actor,
            subject_kind="list",
            subject_id=source_list.pk,
            at=at,
            detail={"mapping": str(kept.pk), "version": kept.version, "digest": kept.digest},
        )
    return kept


def hand_over_list(source_list: SourceList, to: UUID, *, actor: Actor, at: datetime) -> int:
    """Give a list, and every record it made, to another organisation; gives the number of rows.

    Whoever does it is steward in both: the one gives, the other takes. Mappings are never changed,
    so the new steward gets copies of their texts as new versions. What partners sent stays behind.
    """
    require(actor, Verb.HAND_OVER_LIST, Facts(holder=source_list.holder))
    require(actor, Verb.HAND_OVER_LIST, Facts(holder=to))
    with transaction.atomic():
        held = SourceList.objects.select_for_update().get(pk=source_list.pk)
        before = held.holder
        keep_received_back(held, actor=actor, at=at)
        rows: dict[str, QuerySet[Any]] = _records_of(actor, held)
        rows["batches"] = ImportBatch.objects.filter(source_list=held)
        fixed = {"mappings", "findings", "dissents"}
        # Ids first: each update changes what the conditions of the next would see.
        chosen = {
            name: (found.model, list(found.filter(holder=before).values_list("pk", flat=True)))
            for name, found in rows.items()
            if name not in fixed
        }
        moved: int = sum(
            model._default_manager.filter(pk__in=ids).update(holder=to)  # noqa: SLF001 - Django's name
            for model, ids in chosen.values()
        )
        hand_over_clocks(DECLINED_IMPORT, chosen["batches"][1], to, actor=actor, at=at)
        SourceList.objects.filter(pk=held.pk).update(holder=to)
        held.holder = to
        for mapping in MappingVersion.objects.filter(source_list=held, holder=before):
            kept = keep_mapping(held, mapping.toml, actor=actor, at=at)
            ImportBatch.objects.filter(source_list=held, mapping=mapping).update(mapping=kept)
        record_entry(
            "list.handed_over",
            actor=actor,
            subject_kind="list",
            subject_id=held.pk,
            at=at,
            detail={"from": str(before), "to": str(to), "rows": moved},
        )
    source_list.holder = to
    return moved


def export_list(source_list: SourceList, into: BinaryIO, *, actor: Actor, at: datetime) -> int:
    """Write everything a list made as a ZIP of JSON lines, mappings and files; gives the rows.

    This is the steward's full export, with all that consent keeps from the public: it is for
    handing over and for leaving, and the audit trail says that it was made. What partners sent is
    not in it: it never goes onward.
    """
    require(actor, Verb.EXPORT_LIST, Facts(holder=source_list.holder))
    count = 0
    with transaction.atomic(), zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        listed = SourceList.objects.filter(pk=source_list.pk)
        tables: dict[str, QuerySet[Any]] = {"list": listed, **_records_of(actor, source_list)}
        tables["batches"] = ImportBatch.objects.filter(source_list=source_list)
        for name, rows in tables.items():
            count += _write_table(archive, f"{name}.jsonl", rows)
        for batch in tables["batches"].distinct("file_sha256").order_by("file_sha256"):
            file = Path(settings.DOCUMENTS_FOLDER) / batch.file_path
            if file.is_file():
                archive.write(file, f"files/{batch.file_sha256}")
        record_entry(
            "list.exported",
            actor=actor,
            subject_kind="list",
            subject_id=source_list.pk,
            at=at,
            detail={"rows": count},
        )
    return count


def _records_of(actor: Actor, source_list: SourceList) -> dict[str, QuerySet[Any]]:
    """Give every table of records that hangs on the list, without what partners sent."""
    received = received_records(actor)
    entries = ListEntry.objects.filter(source_list=source_list).exclude(party__in=received)
    parties = Party.objects.filter(pk__in=entries.values("party"))
    likened = Judgement.objects.exclude(Q(left__in=received) | Q(right__in=received))
    acts = Act.objects.filter(victim__in=parties)
    cited = Q(subject_kind="act", subject_id__in=acts.values("claim")) | Q(
        subject_kind="party", subject_id__in=parties.values("pk")
    )
    citations = Citation.objects.filter(cited)
    return {
        "entries": entries,
        "parties": parties,
        "names": PartyName.objects.filter(party__in=parties),
        "events": Event.objects.filter(pk__in=acts.values("event")),
        "acts": acts,
        "involvements": Involvement.objects.filter(act_claim__in=acts.values("claim")),
        "citations": citations,
        "sources": Source.objects.filter(pk__in=citations.values("source")),
        "judgements": likened.filter(Q(left__in=parties) | Q(right__in=parties)),
        "recognitions": Recognition.objects.filter(party__in=parties),
        "proposals": StatusProposal.objects.filter(party__in=parties),
        "publications": Publication.objects.filter(party__in=parties),
        **assessment_rows(actor, parties.values("pk")),
        "consent": Grant.objects.filter(subject__in=parties.values("pk")),
        "mappings": MappingVersion.objects.filter(source_list=source_list),
    }


def _write_table(archive: zipfile.ZipFile, name: str, rows: QuerySet[Any]) -> int:
    count = 0
    with archive.open(name, "w") as stream:
        for row in rows.order_by("pk").values().iterator(chunk_size=2000):
            text = json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)
            stream.write(text.encode() + b"\n")
            count += 1
    return count
