"""A verified partner turns hostile: what it sends is refused by field, or taken; nothing breaks."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.attacks.sharing_scene import Scene, make_scene
from tests.core.sharing.factories import sealed, wanted
from undaunted.core.sharing.actions import accept_item, look_at_item
from undaunted.core.sharing.models import ArrivalItem
from undaunted.core.sharing.readers import read_package
from undaunted.core.sharing.rules import (
    ItemRefused,
    Manifest,
    PackageReplayed,
    PackageUnreadable,
    read_manifest,
    write_manifest,
)
from undaunted.core.vault.actions import open_abroad

if TYPE_CHECKING:
    from tests.core.vault.factories import Colleague

pytestmark = pytest.mark.usefixtures("ledger")

# One character at a time: steering a terminal, overriding the direction, half of a character.
ODD = ("\x1b", "\x07", "\n", "\x9b", "\u202e", "\u2067", "\ud800")
PERSON = [
    ("gender", {"gender": "zz"}),
    ("gender", {"gender": "g" * 200}),
    ("birth", {"birth": "2" * 41}),
    *((r"code: leave U\+", {"code": f"case{odd}"}) for odd in ODD),
]
NAME = [
    ("names/1/kind", {"kind": "zzz"}),
    ("names/1/kind", {"kind": "z" * 250}),
    ("names/1/language", {"language": "x" * 13}),
    ("names/1/text", {"text": "\u0958" * 300}),
    *((r"names/1/text: leave U\+", {"text": f"a{odd}b"}) for odd in ODD),
]
ACT = [
    ("acts/1/city", {"city": "c" * 121}),
    ("acts/1/facility", {"facility": "c" * 201}),
    ("acts/1/authority", {"authority": "c" * 201}),
    ("acts/1/law", {"law": "c" * 301}),
    ("acts/1/stage", {"stage": "zzz"}),
    ("acts/1/stage", {"stage": "c" * 300}),
    ("acts/1/start", {"start": "2" * 41}),
    *((r"acts/1/facility: leave U\+", {"facility": f"a{odd}b"}) for odd in ODD),
]


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def _inside(scene: Scene) -> tuple[Manifest, bytes]:
    package = read_package(open_abroad(scene.file, scene.secrets(scene.theirs).receiving))
    return package.manifest, package.contents[0][1]


def _changed(case: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    name, act = case["names"][0], case["acts"][0]
    return [
        *((word, case | change) for word, change in PERSON),
        *((word, case | {"names": [name | change]}) for word, change in NAME),
        *((word, case | {"acts": [act | change]}) for word, change in ACT),
    ]


def test_case_that_would_not_fit_or_steers_a_terminal_is_refused_by_field(scene: Scene) -> None:
    told, content = _inside(scene)
    cases = _changed(json.loads(content))
    texts = [json.dumps(case).encode() for _, case in cases]
    items = tuple(
        replace(
            told.items[0],
            id=str(uuid4()),
            length=len(text),
            sha256=hashlib.sha256(text).hexdigest(),
        )
        for text in texts
    )
    seed = scene.secrets(scene.ours).seed
    arrival = scene.take(scene.forged(replace(told, items=items), seed, *texts))
    steward = scene.theirs.office.steward
    with steward.acting():
        rows = ArrivalItem.objects.select_related("arrival__partner").filter(arrival=arrival)
        held = list(rows.order_by("position"))
    for (word, _), item in zip(cases, held, strict=True):
        _refuses(item, word, steward)


def _refuses(item: ArrivalItem, word: str, steward: Colleague) -> None:
    for step in (look_at_item, accept_item):
        with pytest.raises(ItemRefused, match=word) as told, steward.acting() as actor:
            step(item, key=steward.key, actor=actor, at=timezone.now())
        assert str(told.value).isprintable()


def test_case_of_the_longest_texts_is_taken(scene: Scene, owner_sql: Any) -> None:
    told, content = _inside(scene)
    case = json.loads(content)
    case["names"][0] |= {"text": "n" * 300, "language": "l" * 12, "kind": "pseudonym"}
    longest = {"city": 120, "facility": 200, "authority": 200, "law": 300}
    case["acts"][0] |= {name: "c" * most for name, most in longest.items()}
    case["acts"][0] |= {"stage": "convicted_awaiting_sentence"}
    text = json.dumps(case | {"gender": "unknown"}).encode()
    item = replace(told.items[0], length=len(text), sha256=hashlib.sha256(text).hexdigest())
    seed = scene.secrets(scene.ours).seed
    arrival = scene.take(scene.forged(replace(told, items=(item,)), seed, text))
    steward = scene.theirs.office.steward
    with steward.acting() as actor:
        held = ArrivalItem.objects.select_related("arrival__partner").get(arrival=arrival)
        accept_item(held, key=steward.key, actor=actor, at=timezone.now())
    assert owner_sql(
        "SELECT length(city) FROM events_act WHERE holder = %s", [scene.theirs.holder]
    ) == [(120,)]


def test_marks_in_our_own_records_do_not_keep_a_case_from_being_read(
    scene: Scene, owner_sql: Any
) -> None:
    owner_sql(
        "UPDATE events_act SET city = %s, law = %s WHERE holder = %s",
        ["\u202bPort\u202c\nRuritan", "l" * 400, scene.ours.holder],
    )
    request = wanted(scene.party.pk, partners=(scene.partner.pk,))
    _, (file,) = sealed(scene.ours, request)
    arrival = scene.take(file)
    steward = scene.theirs.office.steward
    with steward.acting() as actor:
        held = ArrivalItem.objects.select_related("arrival__partner").get(arrival=arrival)
        lines = look_at_item(held, key=steward.key, actor=actor, at=timezone.now())
    assert any("Port Ruritan" in text for _, text in lines)


def test_package_of_the_same_id_or_of_no_number_is_refused(scene: Scene) -> None:
    told, content = _inside(scene)
    seed = scene.secrets(scene.ours).seed
    with pytest.raises(PackageUnreadable, match="sequence"):
        scene.take(scene.forged(replace(told, sequence=2**31), seed, content))
    scene.take(scene.file)
    with pytest.raises(PackageReplayed, match="another number"):
        scene.take(scene.forged(replace(told, sequence=2), seed, content))
    last = replace(told, sequence=2**31 - 1, id=str(uuid4()))
    assert scene.take(scene.forged(last, seed, content)).missing == 2**31 - 3


def test_list_of_contents_with_a_hostile_field_is_refused_in_print(scene: Scene) -> None:
    told, _ = _inside(scene)
    content = json.loads(write_manifest(told)) | {"\x1b]0;x\x07": 1}
    with pytest.raises(PackageUnreadable, match="unknown") as refused:
        read_manifest(json.dumps(content).encode())
    assert str(refused.value).isprintable()
