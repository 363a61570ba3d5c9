"""Whom texts name: names in any script and order, references, ids; and who is told of it."""

# ruff: noqa: RUF001 - letters of many scripts are the matter here

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from tests.prisoners.registry.casework import agree, person_with_spell, published, recognised
from tests.prisoners.registry.desk import AT, Desk, make_desk
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.prisoners.registry.actions.people import record_person
from undaunted.prisoners.registry.models import Publication
from undaunted.prisoners.registry.queries.named import named_in_texts, standing_for

if TYPE_CHECKING:
    from undaunted.core.actors.models import Party

pytestmark = pytest.mark.usefixtures("ledger")
PEOPLE = {
    "olena": ("Олена Корсак", "uk"),
    "nawal": ("نوال السعدي", "ar"),
    "ilham": ("伊力哈木·土赫提", "zh-hans"),
    "liu": ("刘晓", "zh-hans"),
    "tran": ("Trần Thị Nga", "vi"),
    "swallow": ("Suharta", "id"),
    "conor": ("Conor O'Brien", "en"),
}
FOUND = (
    ("We asked about Olena Korsak.", "en", "olena"),
    ("KORSAK, Olena was asked about.", "en", "olena"),
    ("olena korsak", "en", "olena"),
    ("Olena V. Korsak's mother", "en", "olena"),
    ("Ole\u00adna Kor\u200bsak", "en", "olena"),
    ("\uff2f\uff4c\uff45\uff4e\uff41 Korsak", "en", "olena"),
    ("https://paper.example/olena%20korsak", "en", "olena"),
    ("Про Олену Корсак", "ru", "olena"),
    ("Olenos Korsak motina", "lt", "olena"),
    ("تحدثنا مع نوال السعدي", "ar", "nawal"),
    ("تحدثنا ونوال السعدي", "ar", "nawal"),
    ("我们谈到伊力哈木·土赫提的案件", "zh-hans", "ilham"),
    ("我们谈到刘晓的案件", "zh-hans", "liu"),
    ("Bà Trần Thị Nga", "vi", "tran"),
    ("Tran Nga is held", "en", "tran"),
    ("Suharta is held", "en", "swallow"),
    ("Conor O’Brien’s sister", "en", "conor"),
    ("Ole\ufe0fna\U000e0101 Kor\u034f\u180bsak", "en", "olena"),
    ("#FreeOlenaKorsak", "en", "olena"),
    ("https://paper.example/olenakorsak/", "en", "olena"),
    ("Olena Kor-sak and Ole-\nna Korsak", "en", "olena"),
    ("Ole na Korsak", "en", "olena"),
    ("they say Olena Kor sak", "en", "olena"),
    ("Ole\u2800na Korsak", "en", "olena"),
    ("O l e n a  K o r s a k", "en", "olena"),
    ("the Olenas Korsaks of this world", "en", "olena"),
    ("\U0001f17e\U0001f17b\U0001f174\U0001f17d\U0001f170 \U0001f13a\U0001f13erSAK", "en", "olena"),
    ("Olena\fKorsak Olena", "en", "olena"),
)
NOT_FOUND = (
    ("Olena is a name of many.", "en"),
    ("Olena (Олена) is a name of many.", "en"),
    ("Olena met one of them, and Korsak came later.", "en"),
    ("tran nga", "en"),
    ("We met Olena.\fKorsak is a town.", "en"),
    ("Of government, documentation and correspondence", "en"),
    ("suharta", "en"),
    ("Nobody is named here: 12 de la XY.", "en"),
    ("", "en"),
)


def _person(desk: Desk, name: str, language: str = "en") -> Party:
    with acting_as(desk.documenter) as actor:
        return record_person(desk.organisation, [(name, "full", language)], actor=actor, at=AT,
                             country="XR")  # fmt: skip


def test_names_are_found_in_any_script_and_order(owner_sql: Any) -> None:
    desk = make_desk(owner_sql)
    people = {key: _person(desk, *name).pk for key, name in PEOPLE.items()}
    texts = [(text, language) for text, language, _who in FOUND]
    with acting_as(desk.documenter) as actor:
        named = named_in_texts(actor, [*texts, *NOT_FOUND])
        mine = {(each.text, each.person): each.seen for each in named}
        others = {(each.text, each.person): each for each in named if each.text >= len(texts)}
    wanted = {(at, people[who]): True for at, (_text, _language, who) in enumerate(FOUND)}
    assert mine == wanted
    assert others == {}
    with acting_as(desk.stranger) as actor:
        named = named_in_texts(actor, texts)
        assert {(each.text, each.person): each.seen for each in named} == dict.fromkeys(
            wanted, False
        )


def test_references_and_ids_name_whom_they_lead_to(owner_sql: Any) -> None:
    desk = make_desk(owner_sql)
    party, _spell = person_with_spell(desk)
    agree(desk, party)
    recognised(desk, party)
    published(desk, party)
    with acting_as(desk.documenter) as actor:
        reference = Publication.objects.get(party=party).reference
        texts = [(f"See /cases/{reference.lower()}.", "en"), (f"/desk/cases/{party.pk}/", "en"),
                 ("Well-known, XR-2222 and a UUID: " + str(uuid4()), "en")]  # fmt: skip
        named = named_in_texts(actor, texts)
        assert {(each.text, each.person, each.seen) for each in named} == {
            (0, party.pk, True), (1, party.pk, True)}  # fmt: skip
        assert standing_for(actor, [party.pk]) == {party.pk: party.pk}
        owner_sql("INSERT INTO published_tombstone VALUES ('XR-2222', '2026-01-01')")
        gone = [each for each in named_in_texts(actor, texts) if each.text == 2]
        assert [(each.words, each.person, each.seen) for each in gone] == [("XR-2222", None, False)]
    assert all(each.person is None or not each.seen for each in named_in_texts(PUBLIC, texts))
    assert named_in_texts(PUBLIC, [("!", "en")]) == ()
    owner_sql("DELETE FROM published_tombstone")


def test_sql_alone_looks_no_text_up(owner_sql: Any) -> None:
    desk = make_desk(owner_sql)
    _person(desk, "Олена Корсак")
    ask = "SELECT * FROM actors_named('{olena}', '{korsak}', '{}', '{}', %s)"
    for person in (desk.stranger, desk.documenter):
        for mac in (None, b"x" * 32):
            with (
                pytest.raises(DatabaseError, match="by the program alone"),
                acting_as(person),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(ask, [mac])
