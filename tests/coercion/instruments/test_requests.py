"""A request is complete, and its summary never tells who asked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coercion.instruments.requests import FACTS, changed, exporter
from undaunted.coercion.instruments.rules import (
    Answer,
    Evidence,
    FieldKind,
    How,
    PackBroken,
    RequestIncomplete,
    SummaryLeaks,
    check_request,
    gaps,
    hidden,
    leaks,
    read_fields,
    request_fields,
    secrets_of,
    summarise,
)
from undaunted.coercion.instruments.rules.broadening import (
    amount_range,
    count_range,
    half_year,
    share_range,
)
from undaunted.coercion.instruments.rules.figures import days_in, figures_in, is_rare
from undaunted.coercion.instruments.rules.folding import folded, squeezed, words_of

WHOLE = exporter()
FIELDS = {each.key: each for each in request_fields()}


def test_a_summary_tells_everything_less_exactly_and_nobody_by_name() -> None:
    told = {each.key: each for each in summarise(WHOLE).lines}
    assert told["loss"].text == "between 2,000,000 and 5,000,000 EUR"
    assert told["share"].text == "between 25 % and 50 %"
    assert told["jobs"].text == "between 100 and 200"
    assert told["began"].text == "the first half of 2026"
    assert told["alternatives"].how is How.NO_SUMMARY
    assert told["sales_before"].how is How.SUMMARISED
    assert told["act"].text == FACTS["act"]["value"]
    identity = {key for key, each in told.items() if each.how is How.WITHHELD}
    assert identity == {"requester", "registration", "address", "contact"}
    everything = " ".join(f"{each.title} {each.text}" for each in
                          (*told.values(), *summarise(WHOLE).evidence)).lower()  # fmt: skip
    for word in (
        "blauhafen",
        "querling",
        "fredstadt",
        "774411",
        "4,237,512",
        "37.4",
        "118",
        "14 mar",
    ):
        assert word not in everything


NAMES = [
    "Cranes of Blauhafen",
    "cranes of BLAUHAFEN's yard",
    "Bl\u00e4uhafen",
    "Blau\u00adhafen",
    "B l a u h a f e n",
    "Blau-hafen Port Cranes",
    "\u0412l\u0430uh\u0430f\u0435n",
    "blauhafen-portcranesgmbh",
    "a lady named Querling",
    "a firm of Winch Quay",
    "register number 77 44 11",
    "call 9930 5550147",
    "the SeaGoose",
    "41207",
    "a Blauhafeno kranai",
]


@pytest.mark.parametrize("text", NAMES)
def test_a_summary_that_names_whoever_asks_is_refused(text: str) -> None:
    with pytest.raises(SummaryLeaks, match="summary, injury: tells"):
        summarise(exporter(injury={"summary": f"Losses. {text}."}))


@pytest.mark.parametrize(
    "text",
    [
        "EUR 4.237.512", "4 237 512", "about 4.2 million", "4,24 million", "37,4 %", "118 people",
        "on 14 March 2026", "March 14, 2026", "14.03.2026", "2026-03-14", "3/14/2026",
        "by 2/5/2026", "EUR4,237,512", "4237512EUR", "4,2 Mio.", "4.2 mln", "4.2 millions",
        "4\u2009237\u2009512", "4\u066c237\u066c512", "4.24 Millionen", "4_237_512", "424万",
        "4,2 млн", "14/3/26", "14.03.26", "14-Mar-2026", "20260314", "14032026", "26-03-14",
        "14\u00a0March\u00a02026", "14  March  2026", "on 14 March", "March 14", "am 14.3. oder",
    ],
)  # fmt: skip
def test_a_summary_with_an_exact_figure_or_day_is_refused(text: str) -> None:
    with pytest.raises(SummaryLeaks):
        summarise(exporter(injury={"summary": f"Losses: {text}."}))


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"requester": {"value": "Martin SA"}}, "cranes of Martin"),
        ({"contact": {"value": "Francesca Vincent, 3 Winch Quay"}}, "as Mrs Vincent tells"),
        ({"contact": {"value": "Francesca Vincent, 3 Winch Quay"}}, "as Francesca tells"),
        ({"contact": {"value": "Jordan Querl, Freedonia"}}, "as Jordan tells"),
        ({"requester": {"value": "BP"}}, "Losses of BP."),
        ({"requester": {"value": "LG Group"}}, "Losses at LG-owned yards"),
        ({"requester": {"value": "3M Company"}}, "Losses of 3M"),
        ({"contact": {"value": "Ms Ng, 3 Quay"}}, "as Ng says"),
        ({"requester": {"value": "\u00d8rsted A/S"}}, "as Orsted says"),
        ({"requester": {"value": "Orsted A/S"}}, "as \u00d8rsted says"),
        ({"requester": {"value": "Oersted A/S"}}, "as \u00d8rsted says"),
        ({"contact": {"value": "\u0141ukasz"}}, "as Lukasz says"),
        ({"contact": {"value": "Lukasz"}}, "as \u0141ukasz says"),
        ({"requester": {"value": "M\u00fcller KG"}}, "as Mueller says"),
        ({"requester": {"value": "Mueller KG"}}, "as M\u00fcller says"),
        (
            {"requester": {"value": "\u0631\u0627\u0641\u0639\u0629"}},
            "\u0631\u0627\u0640\u0640\u0641\u0639\u0629",
        ),
        ({}, "cranes by BPC"),
        ({}, "BPC's cranes"),
    ],
)
def test_short_foreign_and_shared_names_are_found(changes: dict[str, Any], text: str) -> None:
    with pytest.raises(SummaryLeaks, match="summary, goods: tells"):
        summarise(exporter(goods={"value": text}, **changes))


def test_countries_common_words_and_ranges_tell_nobody() -> None:
    for requester in ("Freedonian Cranes SA", "Freedonia Ports AG", "Port Holding AG"):
        summarise(exporter(
            requester={"value": requester},
            goods={"value": "3 markets of Freedonia, 5 decisions, an AG of France, 2 of June"},
        ))  # fmt: skip
    kind = {"value": "person"}
    with pytest.raises(SummaryLeaks, match="goods: tells 'chad' from requester"):
        summarise(exporter(requester={"value": "Chad Querl"}, requester_kind=kind,
                           goods={"value": "Ships of Chad"}))  # fmt: skip


def test_a_day_without_its_year_is_kept_too() -> None:
    request = exporter(injury={"value": "All was lost on 9 June.", "summary": "Lost on June 9."})
    with pytest.raises(SummaryLeaks, match="summary, injury: tells '06-09' from injury"):
        summarise(request)


@pytest.mark.parametrize("key", ["sector", "goods", "act", "demand", "choice"])
def test_an_open_answer_is_looked_through_as_well(key: str) -> None:
    with pytest.raises(SummaryLeaks, match=f"summary, {key}: tells 'blauhafen' from requester"):
        summarise(exporter(**{key: {"value": "As Blauhafen was told."}}))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("\u84dd\u6e2f", "\u5411\u84dd\u6e2f\u8ba2\u8d2d"),
        ("\u0631\u0627\u0641\u0639\u0629", "\u0648\u0631\u0627\u0641\u0639\u0629"),
        (
            "\u041a\u0440\u0430\u043d\u043e\u0432\u0430\u044f",
            "\u041a\u0440\u0430\u043d\u043e\u0432\u043e\u0439",
        ),
    ],
    ids=["chinese", "arabic", "russian"],
)  # fmt: skip
def test_names_of_other_scripts_are_found_within_words_and_with_other_endings(
    name: str, text: str
) -> None:
    with pytest.raises(SummaryLeaks, match="summary, goods"):
        summarise(exporter(requester={"value": name}, goods={"value": text}))


def test_initials_in_capitals_tell_and_small_words_do_not() -> None:
    with pytest.raises(SummaryLeaks, match="'BPCG'"):
        summarise(
            exporter(
                goods={"value": "Lifts of BPCG"},
                requester={"value": "Blauhafen Port Cranes Gruppe"},
            )
        )
    summarise(exporter(goods={"value": "Ports and exports of Freedonian companies, 2026"}))


def test_every_place_that_tells_is_told_once_with_the_remedy() -> None:
    with pytest.raises(SummaryLeaks) as refused:
        summarise(
            exporter(injury={"summary": "Blauhafen and Querling"}, sector={"value": "Querling"})
        )
    assert len(refused.value.problems) == len(set(refused.value.problems)) == 4
    assert all("leave it out or tell it more broadly" in each for each in refused.value.problems)


def test_the_short_names_of_documents_stay_out_of_the_summary() -> None:
    assert [each.title for each in summarise(WHOLE).evidence] == ["Document 1", "Document 2"]
    open_one = (*WHOLE.evidence, Evidence("letter", "Letter of Blauhafen"))
    with pytest.raises(SummaryLeaks, match="summary, letter"):
        summarise(changed(WHOLE, evidence=open_one))
    silent = Evidence("x", "Ledger", confidential=True, no_summary="each line names a buyer")
    told = summarise(changed(WHOLE, evidence=(silent,))).evidence[0]
    assert (told.how, told.text.endswith("each line names a buyer")) == (How.NO_SUMMARY, True)


def test_figures_of_whoever_is_protected_are_ranges_though_nobody_marked_them() -> None:
    keys = ("loss", "share", "jobs", "sales_before")
    figures: dict[str, dict[str, Any]] = {key: {"confidential": False} for key in keys}
    figures["sales_before"]["summary"] = ""
    told = {each.key: each for each in summarise(exporter(**figures)).lines}
    assert {told[key].how for key in figures} == {How.RANGE}
    assert told["loss"].text == "between 2,000,000 and 5,000,000 EUR"
    said = {"confidential": False, "summary": "", "value": "Orders of EUR 4.24 million were lost."}
    with pytest.raises(SummaryLeaks, match=r"summary, injury: tells .* from loss"):
        summarise(exporter(**figures, injury=said))
    plain = changed(exporter(**figures), protect=False)
    assert not any(hidden(FIELDS[key], plain) for key in figures)


def test_without_protection_the_name_stands_unless_it_is_confidential() -> None:
    plain = changed(WHOLE, protect=False, harm="", also=())
    assert summarise(plain).lines[0].text == FACTS["requester"]["value"]
    secret = {key: {"confidential": True} for key in FACTS if FIELDS[key].identifies}
    kept = exporter(**secret)
    kept = changed(kept, protect=False, also=())
    assert hidden(FIELDS["requester"], kept)
    assert summarise(kept).lines[0].how is How.WITHHELD
    with pytest.raises(SummaryLeaks, match="summary, contact: tells 'blauhafen' from requester"):
        summarise(changed(exporter(requester={"confidential": True}), protect=False, also=()))


@pytest.mark.parametrize("key", [key for key, each in FIELDS.items() if each.needed])
def test_each_answer_that_is_needed_is_asked_for_by_its_field(key: str) -> None:
    told = gaps(exporter(**{key: None}))
    assert len(told) == 1
    assert told[0].startswith(f"{key}: is missing; ")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"loss": {"value": "4,2"}}, "loss: '4,2' is no number"),
        ({"loss": {"value": "-1"}}, "loss: '-1' is no number"),
        ({"loss": {"value": "inf"}}, "loss: 'inf' is no number"),
        ({"loss": {"unit": ""}}, "loss: has no unit"),
        ({"share": {"value": "101"}}, "share: 101 is more than 100"),
        ({"jobs": {"value": "1.5"}}, "jobs: 1.5 is no whole number"),
        ({"third_country": {"value": "Ruritania"}}, "third_country: 'Ruritania' is no country"),
        ({"began": {"value": "March"}}, "began: 'March' is no date"),
        ({"began": {"value": "../2026"}}, "began: '../2026' is no date"),
        ({"act": {"confidential": True}}, "act: is confidential; write a summary"),
        ({"injury": {"no_summary": "none"}}, "injury: has a summary and a reason"),
        ({"act": {"value": "x" * 6001}}, "act, value: has 6001 letters"),
        ({"act": {"value": "a\x00b"}}, "act, value: holds signs"),
    ],
)
def test_an_answer_of_the_wrong_kind_is_refused_with_field_and_remedy(
    changes: dict[str, Any], says: str
) -> None:
    with pytest.raises(RequestIncomplete) as refused:
        check_request(exporter(**changes))
    assert [each for each in refused.value.problems if each.startswith(says)]
    assert len(refused.value.problems) == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"harm": " "}, "harm: say what"),
        ({"evidence": ()}, "evidence: there is none"),
        ({"evidence": (Evidence("", "x"),)}, "evidence 1: give it"),
        ({"evidence": (Evidence("a", "x"), Evidence("a", "y"))}, "evidence 1: a stands twice"),
        ({"evidence": (Evidence("a", "x", confidential=True),)}, "evidence 1: is confidential"),
        ({"answers": {**WHOLE.answers, "name": Answer("x")}}, "name: is no field"),
    ],
)
def test_a_request_without_what_goes_with_it_is_refused(changes: dict[str, Any], says: str) -> None:
    told = gaps(changed(WHOLE, **changes))
    assert told
    assert all(each.startswith((says, says.replace("1", "2", 1))) for each in told)


amounts = st.decimals(0, 10**12, allow_nan=False, places=2)


@given(amounts, amounts)
def test_two_amounts_in_one_range_are_told_alike(one: Decimal, other: Decimal) -> None:
    told = amount_range(str(one), "EUR")
    low, high = (int(each.replace(",", "")) for each in told.split()[1:4:2])
    assert low <= one < high
    assert (amount_range(str(other), "EUR") == told) == (low <= other < high)


def test_shares_counts_and_days_are_told_by_their_range() -> None:
    assert [share_range(each) for each in ("0", "5", "99.9", "100")] == [
        "between 0 % and 5 %", "between 5 % and 10 %", "between 75 % and 100 %",
        "between 75 % and 100 %",
    ]  # fmt: skip
    assert [count_range(each) for each in ("0", "9", "10", "1999")] == [
        "fewer than 10", "fewer than 10", "between 10 and 20", "between 1,000 and 2,000",
    ]  # fmt: skip
    days = ("2026-06-30", "2026-07", "2026", "2025-12/2026-01", "2026-02/2026-09")
    assert [half_year(each) for each in days] == [
        "the first half of 2026", "the second half of 2026", "2026 or 2027", "2025 to 2026", "2026",
    ]  # fmt: skip


def test_figures_and_days_are_read_as_they_may_be_meant() -> None:
    assert {Decimal(1234), Decimal("1.234")} <= figures_in("1.234")
    assert Decimal(4_200_000) in figures_in("4.2 million")
    assert Decimal(3_000_000_000) in figures_in("3 bn") & figures_in("3 Mrd.")
    assert Decimal(3_000) in figures_in("3k") & figures_in("3 tsd")
    assert figures_in("118 200") == {Decimal(118_200)}
    assert figures_in("118 200", apart=True) == {Decimal(118_200), Decimal(118), Decimal(200)}
    assert {each.year for each in days_in("1.2.61")} == {1961}
    assert [is_rare(Decimal(each)) for each in ("2026", "1200", "123", "1230000", "0")] == [
        False, False, True, True, False,
    ]  # fmt: skip
    assert len(days_in("3/4/2026")) == 2
    assert days_in("31.02.2026, 4 Foo 2026") == frozenset()


def test_words_are_compared_without_marks_and_hidden_signs() -> None:
    assert folded("Ünd\u200bÄ") == "unda"
    assert squeezed("A-b c.1") == "abc1"
    assert words_of("a b c and d e") == ("a", "b", "c", "and", "d", "e", "abc")


def test_confidential_documents_keep_their_figures_and_days() -> None:
    found = leaks(secrets_of(WHOLE), [("page", "cancelled on 2 May 2026")])
    assert {(each.of, each.found) for each in found} == {
        ("injury", "2026-05-02"), ("blauhafen-orders", "2026-05-02"),
    }  # fmt: skip


ROW = '[[fields]]\nkey = "a"\ntitle = "A"\nasks = "B."\ngroup = "who"\nkind = "text"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "write one"),
        (ROW.replace("text", "word"), "kind: write one of"),
        (ROW.replace("who", "whom"), "group: write one of"),
        (ROW.replace('"B."', '""'), "asks: write a text"),
        (ROW + "needed = 1", "needed: write true"),
        (ROW + "x = 1", "'x' is no key"),
        (ROW + 'element = "f"', "element: write one of"),
        (ROW + ROW, "a: stands twice"),
    ],
)
def test_a_pack_of_fields_that_is_broken_says_where(text: str, says: str) -> None:
    with pytest.raises(PackBroken, match=says):
        read_fields(text)


def test_a_pack_of_fields_is_read() -> None:
    assert read_fields(ROW)[0].kind is FieldKind.TEXT
