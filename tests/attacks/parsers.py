"""Every reader of bytes from outside, the refusals it may give, and texts from which to begin.

The short form feeds them by hypothesis, the long form by Atheris where it is installed.
"""

from __future__ import annotations

import io
import json
import re
import tomllib
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pyrage

from tests.coercion.instruments.designs import RESULT
from tests.core.evidence import files_of_every_kind as files
from tests.core.evidence import recordings_of_every_kind as recordings
from tests.core.sharing.packages import CONTENT, manifest, packed
from tests.pages.desk_scene import MAPPING
from undaunted.coercion.instruments.readers import FileRefused as ScenarioUnreadable
from undaunted.coercion.instruments.readers import result_of_scenario
from undaunted.coercion.response.readers import ScenarioRefused, read_measures
from undaunted.core.actors.rules.partial_date import PartialDate, UnreadableDate
from undaunted.core.clocks.readers import (
    QuestionUnreadable,
    read_period,
    read_question,
)
from undaunted.core.clocks.rules.reading import PackBroken, read_rules
from undaunted.core.evidence.rules import Uncleanable
from undaunted.core.evidence.writers.child import clean
from undaunted.core.intake.readers import (
    HANDED,
    SealedUnreadable,
    read_box,
    read_draft,
    read_file,
    read_handed,
    read_lookup,
    read_message,
)
from undaunted.core.intake.rules import (
    ReceiptMistyped,
    draw_receipt,
    make_ticket,
    read_answers,
    read_receipt,
    read_text,
    read_ticket,
    write_answers,
    write_text,
)
from undaunted.core.intake.rules.letters import Answers, Draft, LetterUnreadable, write_draft
from undaunted.core.intake.rules.letters import read_draft as read_saved
from undaunted.core.intake.rules.questions import Danger, Door
from undaunted.core.sharing.readers import read_package
from undaunted.core.sharing.rules import ShareRefused, read_manifest, write_manifest
from undaunted.core.vault.readers import opened, opened_stream
from undaunted.core.vault.rules import Binding, VaultError, new_identity
from undaunted.core.vault.rules.shares import read_share
from undaunted.core.vault.writers import sealed
from undaunted.prisoners.registry.queries.published import CursorUnreadable
from undaunted.prisoners.registry.queries.published import _read_cursor as read_cursor
from undaunted.prisoners.registry.readers.mapping_files import parse_mapping
from undaunted.prisoners.registry.readers.problems import InvalidMapping
from undaunted.prisoners.registry.readers.shared_case import CaseUnreadable, read_case
from undaunted.prisoners.registry.rules.shared_case import SharedAct, SharedCase, SharedName
from undaunted.prisoners.registry.writers.shared_case import write_case

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PARSERS", "Parser", "broken_by"]

PACK = Path(read_rules.__code__.co_filename).parents[1] / "packs" / "wgad.toml"
OWNER = new_identity()
BOUND = Binding(UUID(int=1), UUID(int=2), "report", 1, 1)
BOX = {
    "team": str(UUID(int=3)),
    "mailboxes": [
        {"record": str(UUID(int=4)), "door": "help", "danger": "no", "lookup": "ab" * 32,
         "recipient": "age1", "record_recipient": "age1", "sealed_key": "AAAA", "envelope": "AAAA"}
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Parser:
    """A reader, what it may refuse with, and where to begin."""

    read: Callable[[bytes], Any]
    refusals: tuple[type[Exception], ...]
    seeds: tuple[bytes, ...]


def broken_by(parser: Parser, content: bytes) -> Exception | None:
    """Give what a reader raised that it must not; None where it read or refused."""
    try:
        parser.read(content)
    except parser.refusals:
        return None
    except Exception as problem:  # noqa: BLE001 - this is what is looked for
        return problem
    return None


def _text(read: Callable[[str], Any]) -> Callable[[bytes], Any]:
    return lambda content: read(content.decode("utf-8", "surrogateescape"))


def _pack(content: bytes) -> Any:
    try:
        data = tomllib.loads(content.decode("utf-8", "replace"))
    except ValueError as problem:  # TOML's own refusal, numbers that are too long among them
        raise PackBroken("fuzz", (str(problem),)) from None
    return read_rules(data, where="fuzz")


def _stream(content: bytes) -> int:
    out = io.BytesIO()
    try:
        return opened_stream(io.BytesIO(content), out, BOUND, OWNER)
    except VaultError:
        assert out.getvalue() == b"", "released before it was verified"
        raise


def _inside(content: bytes) -> bytes:
    """Open what a hostile sealer can make: a good envelope around anything."""
    return opened(pyrage.encrypt(content, [OWNER.to_public()]), BOUND, OWNER)


def _question(content: str) -> Any:
    parts = [*re.split(r"[\x1f|]", content), "", "", "", ""]
    return read_question(parts[0], parts[1], country=parts[2], zone=parts[3], stops=parts[4:5])


def _clean(content: bytes) -> Any:
    return clean(io.BytesIO(content))


_ENVELOPE = sealed(b"content", BOUND, [str(OWNER.to_public())])
_ANSWERS = write_answers(Answers(Door.HELP, Danger.NO, {"story": "x", "needs": ["a"]}, "en"))
_MESSAGE = {"lookup": "ab" * 32, "sequence": 2, "envelope": "AAAA"}
_DRAFT = {"lookup": "ab" * 32, "envelope": "AAAA", "ticket": "a", "answer": "1"}
_FILE = {
    "lookup": "ab" * 32, "record": str(UUID(int=4)), "record_recipient": "age1",
    "sealed_key": "AAAA", "size": 9, "digest": "cd" * 32,
}  # fmt: skip
_SENT = json.dumps(BOX)
_HANDED = {"format": HANDED, "digest": sha256(_SENT.encode()).hexdigest(), "sent": _SENT}
_SAVED = write_draft(Draft(Door.HELP, "", {"story": "x"}))


def _ticket(text: str) -> Any:
    return read_ticket(text, b"of-the-drill", at=1000.0)


_CASE = SharedCase(
    code="case-1",
    names=(SharedName("Ilmira Sovdagar", "full", "en"),),
    birth="1980-05",
    country="XR",
    acts=(SharedAct("deprivation_of_liberty", "pre_trial_detention", start="2024-03-05"),),
)

PARSERS: dict[str, Parser] = {
    "a sealed submission": Parser(read_box, (SealedUnreadable,), (json.dumps(BOX).encode(),)),
    "a sealed message": Parser(read_message, (SealedUnreadable,), (json.dumps(_MESSAGE).encode(),)),
    "a sealed draft": Parser(read_draft, (SealedUnreadable,), (json.dumps(_DRAFT).encode(),)),
    "what is stated of a file": Parser(
        read_file, (SealedUnreadable,), (json.dumps(_FILE).encode(),)
    ),
    "a file of the offline form": Parser(
        read_handed, (SealedUnreadable,), (json.dumps(_HANDED).encode(),)
    ),
    "a draft in an envelope": Parser(read_saved, (LetterUnreadable,), (_SAVED,)),
    "a ticket": Parser(_text(_ticket), (), (make_ticket(b"of-the-drill", at=900.0).encode(),)),
    "a lookup": Parser(read_lookup, (SealedUnreadable,), (b'{"lookup": "' + b"ab" * 32 + b'"}',)),
    "answers in an envelope": Parser(read_answers, (LetterUnreadable,), (_ANSWERS,)),
    "a message in an envelope": Parser(read_text, (LetterUnreadable,), (write_text("hello"),)),
    "a receipt": Parser(
        _text(read_receipt), (ReceiptMistyped,), (str(draw_receipt()).encode(), "٣".encode() * 48)
    ),
    "an envelope": Parser(lambda c: opened(c, BOUND, OWNER), (VaultError,), (_ENVELOPE,)),
    "an envelope in two passes": Parser(_stream, (VaultError,), (_ENVELOPE,)),
    "what lies in an envelope": Parser(
        _inside, (VaultError,), (pyrage.decrypt(_ENVELOPE, [OWNER]),)
    ),
    "a share of a key": Parser(
        _text(read_share), (VaultError,), (b"academic acid acrobat romp", b"duckling enlarge")
    ),
    "a file to clean": Parser(
        _clean,
        (Uncleanable,),
        (files.jpeg(), files.png(), files.pdf(), files.docx(), files.odt(), b"text"),
    ),
    "a film to clean": Parser(
        _clean, (Uncleanable,), (recordings.mp4(), recordings.mov(), recordings.fragmented())
    ),
    "a film of the web to clean": Parser(
        _clean,
        (Uncleanable,),
        (recordings.webm(), recordings.webm_live(), recordings.mkv(), recordings.mka()),
    ),
    "sound to clean": Parser(
        _clean,
        (Uncleanable,),
        (
            recordings.mp3(),
            recordings.wav()[:3_000] + recordings.wav()[-80:],
            recordings.flac(),
            recordings.ogg_opus(),
            recordings.ogg_vorbis(),
        ),
    ),
    "a package of a partner": Parser(read_package, (ShareRefused,), (packed(manifest(), CONTENT),)),
    "measures of an episode": Parser(
        partial(read_measures, where="m.csv"),
        (ScenarioRefused,),
        (
            b"kind,by,on,began,text,confidence,sources\nthreat,XRU,XFR,2026,A threat,B,wire\n",
            b"\xef\xbb\xbfkind;by;on;began;text;confidence;sources;sectors\r\n;;;;;;;C16\r\n",
        ),
    ),
    "a result of a scenario": Parser(
        partial(result_of_scenario, "x.json"), (ScenarioUnreadable,), (RESULT,)
    ),
    "a list of contents": Parser(read_manifest, (ShareRefused,), (write_manifest(manifest()),)),
    "a case of a partner": Parser(read_case, (CaseUnreadable,), (write_case(_CASE),)),
    "a mapping": Parser(_text(parse_mapping), (InvalidMapping,), (MAPPING.encode(),)),
    "a pack of deadlines": Parser(_pack, (PackBroken,), (PACK.read_bytes(),)),
    "a question about a deadline": Parser(
        _text(_question),
        (QuestionUnreadable,),
        (b"wgad-response|2026-01-31|XR|UTC|2026-02-01/2026-02-03", b"x|2026-01-31T10:00|US"),
    ),
    "a stop or an extension": Parser(
        _text(read_period), (QuestionUnreadable, ValueError), (b"30 days", b"2 months")
    ),
    "a partial date": Parser(
        _text(PartialDate.parse), (UnreadableDate,), (b"2020-05?", b"201X", b"2020-01/2020-03")
    ),
    "a cursor of the search": Parser(
        _text(read_cursor), (CursorUnreadable,), (b"WyJhIiwgIjAwMDAiXQ",)
    ),
}
