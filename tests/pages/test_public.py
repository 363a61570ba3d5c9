"""Every public page in both directions: what it says, what it keeps to itself, what it sets."""

# ruff: noqa: RUF001 - names in several scripts

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.urls import translate_url
from django.utils.html import escape

from tests.pages.conftest import untouched_desk
from tests.prisoners.registry.published_factory import take_down
from tests.site.pages_of_html import elements

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client

__all__: list[str] = []

PAGES = (
    "/", "/countries/", "/countries/XR/", "/countries/CN/", "/countries/XR/?on=2019-12-31",
    "/practices/", "/practices/?aim=shelter", "/practices/menu/",
    "/commitments/", "/commitments/investment-screening/",
    "/lists/", "/lists/un-sc/", "/lists/un-sc/versions/",
    "/method/", "/about/", "/registry/", "/registry/?q=belinskaya&role=journalist",
    "/registry/?q=nobody+at+all", "/registry/XR-00001/", "/registry/XS-00002/", "/data/",
)  # fmt: skip
DIRECTIONS = {"en": "ltr", "ar": "rtl"}

pytestmark = pytest.mark.usefixtures("roll")


def _text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def _in(language: str, address: str) -> str:
    return address if language == "en" else f"/{language}{address}"


@pytest.mark.parametrize("language", DIRECTIONS)
def test_every_page_speaks_its_language_without_cookie_script_or_desk(
    reader: Client, language: str
) -> None:
    for address in PAGES:
        with untouched_desk():
            response = reader.get(_in(language, address))
        assert response.status_code == 200, address
        page = response.content.decode()
        assert f'<html lang="{language}" dir="{DIRECTIONS[language]}">' in page
        assert not response.cookies, address
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", ""), address
        assert (
            response.headers["Cache-Control"] == "public, max-age=60"
            or "max-age=60" in (response.headers["Cache-Control"])
        )
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
        for tag, attributes in elements(page):
            assert tag not in {"script", "style"}, address
            assert "style" not in attributes, address
            assert not [name for name in attributes if name.startswith("on")], address


@pytest.mark.parametrize("address", ["/", "/fr/registry/?law=terrorism&q=%C3%A9", "/countries/XR/"])
def test_every_language_is_one_link_away_with_the_same_question(
    reader: Client, address: str
) -> None:
    page = _text(reader, address)
    for code, _name in settings.LANGUAGES:
        there = escape(translate_url(address, code))
        assert re.search(f'href="{re.escape(there)}" lang="{code}"', page), (address, code)


@pytest.mark.parametrize("address", PAGES)
def test_page_is_not_sent_twice_to_whoever_has_it(reader: Client, address: str) -> None:
    tag = reader.get(address).headers["ETag"]
    again = reader.get(address, headers={"if-none-match": tag})
    assert again.status_code == 304
    assert again.content == b""


def test_home_counts_invented_people_apart_and_says_so(reader: Client) -> None:
    page = _text(reader, "/")
    assert "Invented people, for demonstration only" in page
    assert '<p class="headline-number">2</p>' in page
    assert "Darya Belinskaya-Korb" in page


def test_name_is_found_in_the_script_it_is_written_in(reader: Client) -> None:
    page = _text(reader, "/registry/?q=Дарья")
    assert "/registry/XR-00001/" in page
    assert "/registry/XS-00002/" not in page


def test_facets_are_links_with_exact_numbers(reader: Client) -> None:
    page = _text(reader, "/registry/?role=lawyer")
    assert re.search(r'aria-current="true"[^>]*><span>Lawyer</span><span class="count">1<', page)
    assert "/registry/XS-00002/" in page
    assert "/registry/XR-00001/" not in page


def test_search_by_a_day_finds_who_was_held_then(reader: Client) -> None:
    assert "/registry/XR-00001/" in _text(reader, "/registry/?held_on=2019-12-31")
    assert "/registry/XR-00001/" not in _text(reader, "/registry/?held_on=2021-12-31")


def test_search_survives_what_nobody_meant(reader: Client) -> None:
    for query in ("after=nonsense", "country=%00", "q=%00%25_", "country=xr"):
        assert reader.get(f"/registry/?{query}").status_code == 200, query
    for day in ("31.02.2020", "2020-99-99"):
        page = _text(reader, f"/registry/?held_on={day}", 422)
        assert "Write the day as" in page


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("role=zzz", "Role: “zzz” is not known. These values are: hrd, journalist"),
        ("law=zzz", "Law used: “zzz” is not known. These values are: terrorism"),
        ("status=zzz", "Recognition: “zzz” is not known. These values are: held, free, candidate"),
        ("tier=Z", "Confidence: “Z” is not known. These values are: A, B, C, D."),
        ("gender=zzz", "Gender: “zzz” is not known. These values are: female, male"),
        ("held_now=perhaps", "Today: “perhaps” is not known. These values are: true, false."),
        ("country=QQ", "Country: “QQ” is not known. Choose one of the list."),
    ],
)
def test_a_value_that_no_facet_has_is_named_with_what_is_allowed(
    reader: Client, query: str, says: str
) -> None:
    for _ in range(2):  # the second time as a page that might have been kept
        response = reader.get(f"/registry/?{query}&q=belinskaya")
        assert response.status_code == 422
        page = response.content.decode()
        assert says in page
        assert "/registry/XR-00001/" in page


def test_a_status_of_today_against_today_is_nobody(reader: Client) -> None:
    for query in ("status=held&held_now=false", "status=free&held_now=true"):
        assert "/registry/XR-00001/" not in _text(reader, f"/registry/?{query}")
        assert "/registry/XS-00002/" not in _text(reader, f"/registry/?{query}")


@pytest.mark.parametrize(
    "name",
    ["Belinskaya-Korb, Darya", "Belinskaya-Korb.", "(Darya) Belinskaya - Korb", "belinskaya-KORB,"],
)
def test_a_name_is_found_as_it_is_printed(reader: Client, name: str) -> None:
    assert "/registry/XR-00001/" in _text(reader, f"/registry/?{urlencode({'q': name})}")
    found = reader.get(f"/api/v1/registry/cases?{urlencode({'name': name})}").json()
    assert [case["reference"] for case in found["cases"]] == ["XR-00001"]


def test_a_status_of_today_is_asked_of_today(reader: Client) -> None:
    held, free = (_text(reader, f"/registry/?status={word}") for word in ("held", "free"))
    now, past = (_text(reader, f"/registry/?held_now={word}") for word in ("true", "false"))
    cases = [set(re.findall(r"/registry/X\w-\d+/", page)) for page in (held, now, free, past)]
    assert cases[0] == cases[1]
    assert cases[2] == cases[3]
    assert cases[0] | cases[2]
    assert not cases[0] & cases[2]


def test_empty_result_says_what_to_do(reader: Client) -> None:
    assert "No published case matches" in _text(reader, "/registry/?q=nobody+at+all")


def test_case_shows_its_life_and_says_what_is_withheld(reader: Client) -> None:
    page = _text(reader, "/registry/XR-00001/")
    assert "Дарья Белинская-Корб" in page
    assert 'class="timeline wide"' in page
    assert "Pardon or amnesty" in page
    assert "What is not shown, and why" in page
    assert "2023-03-04" not in page


def test_case_without_consent_to_a_name_shows_a_code(reader: Client) -> None:
    page = _text(reader, "/registry/XS-00002/")
    assert "Name withheld" in page
    assert "consent was given for a code only" in page


@pytest.mark.parametrize("language", DIRECTIONS)
def test_taken_down_case_is_gone_and_says_only_when(reader: Client, language: str) -> None:
    with untouched_desk():
        page = _text(reader, _in(language, "/registry/XB-00003/"), status=410)
    assert "XB-00003" in page
    assert "Qasr" not in page


def test_unknown_case_country_and_file_are_absent_alike(reader: Client) -> None:
    for address in ("/registry/XR-99999/", "/countries/QQ/", "/data/secrets.txt", "/nothing"):
        assert "There is nothing here for you to see" in _text(reader, address, status=404)


def test_country_counts_on_any_day(reader: Client) -> None:
    then = '<time datetime="2019-12-31">31 December 2019</time>'
    page = _text(reader, "/countries/XR/?on=2019-12-31")
    assert f"1 person is known to be held on {then}" in page
    assert "0 people are known to be held" in _text(reader, "/countries/XR/?on=2021-12-31")
    assert "Choose a day from 1900 until today" in _text(reader, "/countries/XR/?on=2999-01-01")
    assert "Write the day as" in _text(reader, "/countries/XR/?on=yesterday")


def test_country_page_accounts_for_a_year(reader: Client) -> None:
    page = _text(reader, "/countries/XR/?on=2023-12-31")
    assert "Documentation backlog" in page
    assert "Newly detained" in page


def test_others_numbers_stand_beside_ours_with_their_source(reader: Client) -> None:
    page = _text(reader, "/countries/CN/")
    assert "Committee to Protect Journalists" in page
    assert "PEN America" in page
    assert "unverified transcription" in page
    assert "Published by others" not in _text(reader, "/countries/XR/")


def test_country_without_published_cases_shows_no_nought(reader: Client) -> None:
    page = _text(reader, "/countries/CN/")
    assert "No case of this country is published here" in page
    assert "held on this day" not in page


def test_country_in_small_letters_leads_to_its_page(reader: Client) -> None:
    assert reader.get("/countries/xr/").headers["Location"] == "/countries/XR/"


def test_only_listed_files_can_be_fetched(reader: Client, tmp_path: Path) -> None:
    page = _text(reader, "/data/")
    folder = tmp_path / "downloads"
    (folder / "draft.csv").write_bytes(b"not yet\n")
    held = (folder / "cases.csv").read_bytes()
    assert sha256(held).hexdigest() in page
    with untouched_desk():
        sent = reader.get("/data/cases.csv")
    assert b"".join(sent.streaming_content) == held  # type: ignore[attr-defined]
    assert b"XR-00001" in held
    assert sent.headers["Content-Disposition"] == 'attachment; filename="cases.csv"'
    assert sent.headers["ETag"] == f'"{sha256(held).hexdigest()}"'
    assert reader.get("/data/draft.csv").status_code == 404
    assert reader.get("/data/.version").status_code == 404
    assert reader.get("/data/..%2Fdraft.csv").status_code == 404


def test_files_follow_what_is_published(
    reader: Client, owner_sql: Callable[..., list[tuple[Any, ...]]]
) -> None:
    assert b"XR-00001" in b"".join(reader.get("/data/cases.csv").streaming_content)  # type: ignore[attr-defined]
    take_down(owner_sql, "XR-00001", date(2026, 2, 3))
    assert reader.get("/registry/XR-00001/").status_code == 410
    assert b"XR-00001" not in b"".join(reader.get("/data/cases.csv").streaming_content)  # type: ignore[attr-defined]


def test_plain_files_are_there(reader: Client) -> None:
    assert b"Disallow: /desk/" in reader.get("/robots.txt").content
    assert reader.get("/favicon.ico").headers["Location"].endswith("/site/mark.svg")


def test_whoever_is_signed_in_reads_public_pages_like_anybody(reader: Client) -> None:
    plain = reader.get("/").content
    reader.cookies["__Host-session"] = "made-up-session-key-of-nobody-at-all"
    for address in PAGES:
        with untouched_desk():
            response = reader.get(address)
        assert not response.cookies, address
    assert reader.get("/").content == plain


def test_a_reference_that_cannot_be_is_absent(reader: Client) -> None:
    for reference in ("%00", "X%20R", "XR-1%27--", "%F0%9F%98%80"):
        assert reader.get(f"/registry/{reference}/").status_code == 404


def test_a_page_changes_nothing(reader: Client) -> None:
    assert reader.post("/registry/").status_code in {403, 405}


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/registry/series?since=9999-01-01&until=9999-12-31",
        (
            "/api/v1/registry/cases?cursor="
            "WyJcdWQ4MDAiLCAiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwIl0"
        ),
        "/registry/?after=WyJcdWQ4MDAiLCAiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwIl0",
    ],
)
def test_no_address_breaks_the_public_face(client: Client, address: str) -> None:
    assert client.get(address).status_code < 500
