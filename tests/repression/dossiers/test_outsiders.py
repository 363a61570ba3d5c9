"""Who is told of by number in what somebody typed, in each language of the product."""

from __future__ import annotations

import pytest
from django.utils.translation import gettext, override

from undaunted.repression.dossiers.rules import numbers_told
from undaunted.site.languages import LANGUAGES


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("No judge saw Person 2.", {2}),
        ("PERSON 2’s papers", {2}),  # noqa: RUF001 - as it is typed
        ("Persons 1, 2 and 4", {1, 2, 4}),
        ("persons 1–3; 5", {1, 2, 3, 5}),  # noqa: RUF001 - as it is typed
        ("persons 3-1", {1, 3}),
        ("persons 1–9000", {1, 9000}),  # noqa: RUF001 - as it is typed
        ("Лицу 2 и лицам 4, 5", {2, 4, 5}),
        ("Personnes 1 et 3", {1, 3}),
        ("将人员２带走", {2}),
        ("قال الشخص ٢", {2}),
        ("2-كىشىنى", {2}),
        ("in 2-كىشى", {2}),
        ("كىشى", set()),
        ("that كىشى 2", set()),
        ("Person 1 was beaten, 3 guards looked on", {1}),
        ("Person 1 and the court of 2024", {1}),
        ("Person and 2", set()),
        ("A person in 3 cells; Article 2; Room 2", set()),
        ("", set()),
        ("Person No. 2", {2}),
        ("Person #2; person: 4", {2, 4}),
        ("Person (2) and person “3”", {2, 3}),
        ("person-2", {2}),
        ("Persons nos. 2 and 3", {2, 3}),
        ("Persons no. 2, no. 3 and (5)", {2, 3, 5}),
        ("People 2 and 3, victims 5–6", {2, 3, 5, 6}),  # noqa: RUF001 - as it is typed
        ("la personne n° 2", {2}),
        ("la persona n.º 2", {2}),
        ("Лицо № 2", {2}),
        ("Лица №№ 2 и 3", {2, 3}),
        ("2-чалавек", {2}),
        ("الشخص رقم ٢", {2}),
        ("الشخص (٢)", {2}),
        ("شخص‌های ۲ و ۳", {2, 3}),
        ("2. kişi", {2}),
        ("2 numaralı kişiye", {2}),  # noqa: RUF001 - as it is typed
        ("2 no’lu kişi", {2}),  # noqa: RUF001 - as it is typed
        ("KİŞİ 2", {2}),
        ("第2号人员", {2}),
        ("2号人员", {2}),
        ("人员（2）", {2}),  # noqa: RUF001 - as it is typed
        ("người số 2", {2}),
        ("2-نومۇرلۇق كىشى", {2}),
        ("3 persons, 4-person cells, 5 лиц, 6 чалавек, 7 kişi, 8 kişilik", set()),
        ("A person held under Article 2. Person 1 saw it", {1}),
        ("Person 1 (2 March): 3 guards", {1}),
        ("Person 1: 3 guards", {1}),
        ("No person. 2 guards", set()),
        ("In 2, kişi; - kişi", set()),
    ],
)
def test_numbers_of_people_are_found_in_lists_and_ranges(text: str, found: set[int]) -> None:
    assert numbers_told(text) == found


@pytest.mark.parametrize("code", [each.code for each in LANGUAGES])
def test_the_words_of_the_paper_itself_are_found_in_each_language(code: str) -> None:
    with override(code):
        assert numbers_told(gettext("Person %(number)s") % {"number": 7}) == {7}
