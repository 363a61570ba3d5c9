"""What tells who asked, in whichever form: sizes, shares, months, short and parted names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.coercion.instruments.requests import exporter
from undaunted.coercion.instruments.rules import (
    Evidence,
    RequestIncomplete,
    SummaryLeaks,
    leaks,
    secrets_of,
    summarise,
)
from undaunted.coercion.instruments.rules.broadening import amount_range, half_year
from undaunted.coercion.instruments.rules.derived import shares_in
from undaunted.coercion.instruments.rules.sizes import same_figures, scale_of
from undaunted.coercion.instruments.rules.spans import spans_around, spans_in
from undaunted.coercion.instruments.rules.unwrapping import readings

ORDINARY = (
    "A firm that makes furniture lost orders in a port; its tax and roads, an act of "
    "1995, and 3 m of timber are as before. It can go on; see Article 4(2) and chapter 44."
)


def found(text: str, **answers: dict[str, Any] | None) -> set[str]:
    """Give of which answers a text tells, where they are of the exporter with others."""
    return {each.of for each in leaks(secrets_of(exporter(**answers)), [("x", text)])}


LOSS = {"value": "2318400", "unit": "EUR", "confidential": True}


@pytest.mark.parametrize(
    "text",
    [
        "TEUR 2,318 were lost", "EUR million 2.318", "(in EUR million) 2.3184", "Mio. EUR 2,318",
        "M\u20ac 2.318", "2318.4 T\u20ac", "2.3184e6", "2.3184E+06", "2.3184 x 10^6",
        "2,3184 \u00d7 10\u2076", "in EUR million: orders 5.1, losses 2.3, of which 0.4 late",
        "| EUR million | 2.3 |", "EUR mn 2.3", "2.3 (million EUR)", "23.18 hundred thousand",
        "231.84 lakh", "2\u00a0318.4 k\u20ac", "two million, three hundred and eighteen thousand",
        "231.8\u4e07", "\u0662\u066b\u0663\u0661\u0668", "2318", "0.0023184 EUR billion",
        "2.32 million", "2.31 m", "2 318 tys.", "2 318,4 tūkst.", "2.3184&nbsp;million",
        "2.3<b>18</b> million", "%32.318 million", "2\\u002e318", "2_318_4",
    ],
)  # fmt: skip
def test_an_amount_is_found_in_every_unit_and_with_its_size_on_either_side(text: str) -> None:
    assert "loss" in found(f"Orders of {text} were lost.", loss=LOSS), text


@pytest.mark.parametrize(
    "text", ["EUR 2,618,400", "2.4 million", "2.4 EUR million", "2", "23 lorries", "in 2023"]
)
def test_another_amount_tells_nothing(text: str) -> None:
    assert "loss" not in found(f"Orders of {text} were lost.", loss=LOSS)


@pytest.mark.parametrize("unit", ["EUR million", "million EUR", "MEUR", "M\u20ac", "Mio. EUR"])
def test_the_size_in_the_unit_of_an_answer_counts(unit: str) -> None:
    told = {"value": "2.3", "unit": unit, "confidential": True}
    assert scale_of(unit) == 1_000_000
    assert "loss" in found("EUR 2,300,000 was lost", loss=told)
    assert "loss" in found("EUR 2.3 million was lost", loss=told)
    assert "loss" not in found("EUR 2,600,000 was lost", loss=told)


def test_units_without_a_size_have_none() -> None:
    assert [scale_of(each) for each in ("EUR", "", "t of wood", "EUR of 2020", "kEUR", "TEUR")] == [
        1, 1, 1, 1, 1000, 1000,
    ]  # fmt: skip


def test_numbers_say_the_same_in_another_unit_from_three_figures_on() -> None:
    assert same_figures(Decimal("2.32"), Decimal(2318400))
    assert same_figures(Decimal("0.413"), Decimal("41.3"))
    assert not same_figures(Decimal("2.3"), Decimal(2318400))
    assert not same_figures(Decimal("2.33"), Decimal(2318400))


@pytest.mark.parametrize("unit", ["EUR (2.3184 m)", "EUR, that is MEUR 2.318", "EUR of H&M"])
def test_what_stands_in_the_unit_of_a_range_is_looked_through(unit: str) -> None:
    with pytest.raises(SummaryLeaks, match="summary, loss"):
        summarise(exporter(loss=LOSS | {"unit": unit}, requester={"value": "H&M"}))


SHARE = {"value": "41", "confidential": True}


@pytest.mark.parametrize(
    "text",
    ["59 % of sales remain", "59 per cent remain", "0.41 of sales", "410 per mille", "590 \u2030",
     "\u0664\u0661\u066a", "41 in 100", "41/100", "59 out of 100", "41 p.c.", "forty-one"],
)  # fmt: skip
def test_a_share_is_found_as_its_rest_its_part_and_its_thousandths(text: str) -> None:
    assert "share" in found(text, share=SHARE), shares_in(text)


@pytest.mark.parametrize("text", ["35 per cent", "0.35", "59 lorries", "3/14", "2 of 7"])
def test_another_share_tells_nothing(text: str) -> None:
    assert "share" not in found(text, share=SHARE)


@pytest.mark.parametrize(
    ("share", "text"),
    [("75", "a quarter remains"), ("50", "half of all sales"), ("66.7", "one third of sales"),
     ("40", "two in five"), ("41.3", "58.7 % remain"), ("41.3", "413 per mille")],
)  # fmt: skip
def test_common_fractions_tell_a_share(share: str, text: str) -> None:
    assert "share" in found(text, share=SHARE | {"value": share})


def test_figures_that_follow_from_what_is_kept_tell_it() -> None:
    sales = {"value": "5613.559", "unit": "EUR thousand"}
    held: dict[str, Any] = {"loss": LOSS, "sales_before": sales, "share": SHARE | {"value": "41.3"}}
    assert "loss" in found("EUR 3,295,159 of sales remain", **held)
    assert "loss" in found("41.3 % of sales were lost", **held | {"share": None})
    assert "share" in found("All sales were EUR 13.592 million", **held)
    other = found("EUR 4,500,000 of sales remain", **held)
    assert not other & {"loss", "share"}


@pytest.mark.parametrize(
    "text",
    [
        "October the 5th", "October, 5th", "the fifth of October 2026", "5/OCT/26", "5-X-2026",
        "05 10 2026", "since 5 Oktober 2026", "5. Okt. 2026", "le 5.10.26", "5 pa\u017adziernika",
        "5 \u0159\u00edjna 2026", "5 ottobre", "5th day of October 2026", "Oct/5/2026", "5.X.2026",
        "5_10_2026", "5 \u03bf\u03ba\u03c4\u03c9\u03b2\u03c1\u03af\u03bf\u03c5 2026",
        "5,10,2026", "5 Oct\u2019 26",
    ],
)  # fmt: skip
def test_a_day_is_found_however_it_is_written(text: str) -> None:
    assert "began" in found(text, began={"value": "2026-10-05", "confidential": True})


@pytest.mark.parametrize("began", ["2026-10-05", "2026-10", "2026-10-02/2026-10-20"])
@pytest.mark.parametrize(
    "text",
    [
        "lost since October 2026", "10/2026", "2026-10", "2026/10", "in Oct 2026", "10.2026",
        "Oktober 2026", "oct. 26", "X/2026", "2026\u5e7410\u6708", "th\u00e1ng 10 n\u0103m 2026",
        "Q4 2026", "4Q 2026", "the fourth quarter of 2026", "2026-Q4", "since October",
        "202610", "octobre 2026", "\u0432 \u043e\u043a\u0442\u044f\u0431\u0440\u0435 2026",
        "spalio 2026", "early in October",
    ],
)  # fmt: skip
def test_a_month_or_quarter_undoes_no_half_year(began: str, text: str) -> None:
    assert "began" in found(text, began={"value": began, "confidential": True}), spans_in(text)


def test_a_week_undoes_no_half_year() -> None:
    began = {"value": "2026-10-05", "confidential": True}
    for text in ("week 41 of 2026", "2026-W41", "KW 41", "41. KW 2026"):
        assert "began" in found(text, began=began), text
    assert "began" not in found("week 40 of 2026", began=began)


def test_other_months_and_words_that_only_look_like_one_tell_nothing() -> None:
    for text in ("September 2026", "3 October 2025", "Q3 2026", "in 2026", "10 lorries of 2026"):
        assert "began" not in found(text, began={"value": "2026-10-05", "confidential": True}), text
    may = {"value": "2026-05-20", "confidential": True}
    assert "began" not in found("It may lose; May be. Marching on.", began=may)
    assert "began" in found("Lost since May.", began=may)


def test_a_year_that_is_kept_is_told_with_another_and_looked_for() -> None:
    assert [half_year(each) for each in ("2026", "2027")] == ["2026 or 2027"] * 2
    year = {"value": "2026", "confidential": True}
    for text in ("It began in 2026.", "since March 2026", "on 3 May 2026", "Q2 2026"):
        assert "began" in found(text, began=year), text
    assert "began" not in found("It began in 2025, or with 2,026 lorries.", began=year)
    assert spans_around(date(2026, 1, 1), date(2026, 12, 31)) >= {(2026, "year", 0)}


def test_months_of_confidential_texts_are_kept_and_of_public_documents_told() -> None:
    injury = {"value": "Lost since October 2026.", "confidential": True, "summary": "Lost."}
    assert "injury" in found("since 10/2026", injury=injury)
    request = exporter(began={"value": "2026-10-05", "confidential": True})
    dated = Evidence("n", "Notice", "2026-10", public_at="https://xr.example")
    summarise(replace(request, evidence=(dated,)))
    with pytest.raises(SummaryLeaks, match="summary, n: tells 'month 10 2026' from began"):
        summarise(replace(request, evidence=(replace(dated, public_at=""),)))


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("H&M", ["H&M lost its orders", "h & m", "H and M", "HM", "H+M", "h&amp;m", "hm.example"]),
        ("P&O", ["of P & O", "p and o ferries"]),
        ("C&A Buying", ["C&A Buying", "C&A lost", "c & a"]),
        ("1&1 AG", ["1&1 lost", "1 & 1 AG"]),
        ("Z Inc", ["Z Inc."]), ("Port AG", ["the Port AG", "port-ag"]),
        ("Tax Co.", ["TAX CO"]), ("Road Co", ["Road Co lost"]), ("360 AG", ["360 AG lost it"]),
        ("BP", ["bp.com", "bp", "B.P.", "B P", "@bp", "B-P"]),
        ("E.ON", ["E.on", "EON", "e-on", "E ON", "eon.example"]),
        ("3M", ["3m", "3-M", "3 M", "3M\u2019s"]),
        ("Blauhafen Port Cranes", ["bpc.example", "B.P.C.", "@bpc", "BPC"]),
        ("Altmoor Planks and Boards AG", ["Alt-moor", "Alt moor", "alt\u2011moor", "Alt\u00b7moor",
         "Alt-\nmoor", "Alt**moor**", "Alt<b>moor</b>", "Alt&shy;moor", "Alt\\u006door",
         "https://%61ltmoor.example", "https://%2561ltmoor.example", "Alt[moor](x)", "Alt_moor_",
         "QWx0bW9vciBQbGFua3MgbG9zdCBpdA==", "\uff21\uff4c\uff54moor", "Al\u200bt\u2060moor",
         "Alt&#109;oor", "<i>A</i>ltmoor", "Alt\n,moor", '"Alt","moor"', "=41ltmoor"]),
        ("SeaGoose 900", ["Sea-Goose", "sea goose", "the SEA GOOSE"]),
        ("Alt Moor AG", ["Altmoor lost", "alt-moor"]),
        ("IT AG", ["IT AG", "I.T. AG"]),
    ],
)  # fmt: skip
def test_a_name_is_found_however_short_and_however_it_is_parted(
    name: str, texts: list[str]
) -> None:
    assert "requester" not in found(ORDINARY, requester={"value": name}), "what nobody meant"
    for text in texts:
        assert "requester" in found(f"Said: {text}", requester={"value": name}), text


def test_a_contact_of_two_parts_is_found() -> None:
    told = {"value": "Jana Tannhof, 3 Winch Quay"}
    assert "contact" in found("as tann-hof says", contact=told)
    assert "contact" not in found("as Quay and winter say", contact=told)


def test_each_way_to_read_a_text_is_given_once() -> None:
    assert readings("plain text") == ("plain text",)
    assert "a b" not in readings("a%20b")[:1]
    assert readings("a%20b")[1] == "a b"
    assert "\ud800" not in "".join(readings("\\ud800 \\U00110000"))
    assert readings("AAAABBBBCCCC")[0] == "AAAABBBBCCCC"


@pytest.mark.parametrize("value", ["1E+50000", "1e400", "1" * 25, "10000000000000000"])
def test_a_number_that_nobody_means_is_refused_at_once(value: str) -> None:
    with pytest.raises(RequestIncomplete, match="loss: is no number that could be meant"):
        summarise(exporter(loss={"value": value}))


def test_the_range_of_a_large_number_is_found_from_its_size() -> None:
    assert amount_range("999999999999999", "EUR").startswith("between 500,000,000,000,000 and 1,0")
    assert amount_range("0.5", "EUR") == "between 0 and 1 EUR"
    assert amount_range("0", "EUR") == "between 0 and 1 EUR"


def test_the_edges_of_what_is_derived_and_read() -> None:
    sales = {"value": "100", "unit": "EUR"}
    for share in ("0", "100"):
        whole: dict[str, Any] = {"share": SHARE | {"value": share}, "sales_before": sales}
        assert "share" not in found("EUR 300 of 500", **whole)
    assert "loss" not in found("2,318,300", loss=LOSS | {"value": "200"}, sales_before=sales)
    deep = "%2525252525252541ltmoor"
    assert "Altmoor" not in readings(deep)
    long = spans_around(date(2026, 2, 1), date(2026, 9, 30))
    assert (2026, "month", 5) in long
    assert (0, "month", 5) not in long
    assert readings("MTIzNDU2Nzg5") == ("MTIzNDU2Nzg5",), "figures in base64 are no text"
    assert "requester" not in found("9 orders, the 7 of 77", requester={"value": "7 AG"})


def test_addresses_of_short_names_are_found() -> None:
    for text in ("see hm-group.example", "write to info@hm.example", "#hm"):
        assert "requester" in found(text, requester={"value": "H&M"}), text
    assert "requester" in found("it-x.example/it", requester={"value": "I&T"})
