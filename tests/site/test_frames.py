"""Every page is one document: strict content policy, both directions, one id once."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

import undaunted.site
from tests.site.conftest import Render
from tests.site.pages_of_html import elements
from tests.site.samples import context
from undaunted.site.languages import LANGUAGES, read_languages

STATIC = Path(undaunted.site.__file__).parent / "static" / "site"
OWN_SHEETS = sorted(STATIC.glob("*.css"))
PHYSICAL = re.compile(
    r"^\s*(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height"
    r"|(?:min|max)-(?:width|height))[\w-]*\s*:|(?:float|clear|text-align):\s*(?:left|right)",
    re.MULTILINE,
)
EMPTY_TAGS = {"area", "br", "col", "hr", "img", "input", "link", "meta"}


@pytest.fixture(params=["en", "ar"])
def guide(request: pytest.FixtureRequest, render: Render) -> str:
    return render("site/styleguide.html", context(request.param), language=request.param)


def test_no_page_needs_an_exception_from_the_content_policy(guide: str) -> None:
    for tag, attributes in elements(guide):
        assert "style" not in attributes, tag
        assert tag != "style"
        assert tag != "script" or attributes.get("src")
        assert not [name for name in attributes if name.startswith("on")], tag


def test_every_id_is_given_once_and_every_reference_leads_somewhere(guide: str) -> None:
    found = elements(guide)
    ids = Counter(attributes["id"] for _, attributes in found if "id" in attributes)
    assert [each for each, count in ids.items() if count > 1] == []
    for _, attributes in found:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            for target in attributes.get(name, "").split():
                assert target in ids, target
    for target in re.findall(r"url\(#([^)]+)\)", guide):
        assert target in ids


def test_nothing_is_fetched_from_elsewhere(guide: str) -> None:
    for _, attributes in elements(guide):
        for name in ("src", "href"):
            assert not attributes.get(name, "").startswith(("http:", "https:", "//", "data:"))


def test_page_has_its_language_and_direction(render: Render) -> None:
    assert '<html lang="ar" dir="rtl">' in render("site/base.html", language="ar")
    assert '<html lang="fr" dir="ltr">' in render("site/base.html", language="fr")


@pytest.mark.parametrize("code", [each.code for each in LANGUAGES if not each.reviewed])
def test_unreviewed_language_says_so_in_itself_and_in_english(render: Render, code: str) -> None:
    page = render("site/base.html", language=code, address=f"/{code}/search/?q=a")
    with override(code):
        own = gettext("Translations not yet reviewed by a native speaker.")
    assert own != "Translations not yet reviewed by a native speaker."
    bar = page.partition('class="language-bar"')[2].partition("</div>")[0]
    assert own in bar
    assert "Translations not yet reviewed by a native speaker. Read this page in English" in bar


def test_source_and_reviewed_languages_say_nothing(
    render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "language-bar" not in render("site/base.html")
    assert "language-bar" in render("site/base.html", language="fr")
    monkeypatch.setattr("undaunted.site.templatetags.site.REVIEWED", frozenset({"en", "fr"}))
    assert "language-bar" not in render("site/base.html", language="fr")


def test_a_review_needs_a_name_and_a_day() -> None:
    entry = '[[languages]]\ncode = "fr"\nown_name = "Français"\n'
    (reviewed,) = read_languages(entry + 'reviewed_by = "A translator"\nreviewed_on = "2027-01-31"')
    assert reviewed.reviewed
    assert not read_languages(entry)[0].reviewed
    with pytest.raises(ValueError, match=r"fr: fill reviewed_by and reviewed_on"):
        read_languages(entry + 'reviewed_by = "A translator"')
    with pytest.raises(ValueError, match=r"fr, reviewed_on: write a day"):
        read_languages(entry + 'reviewed_by = "A translator"\nreviewed_on = "soon"')


def test_languages_of_the_pack_are_those_of_the_settings() -> None:
    assert [each.code for each in LANGUAGES] == [code for code, _ in settings.LANGUAGES]


def test_page_can_be_had_in_every_language(render: Render) -> None:
    page = render("site/base.html")
    for own_name in ("العربية", "Беларуская", "简体中文", "Tiếng Việt", "ئۇيغۇرچە"):
        assert own_name in page


def test_skip_link_leads_to_the_content(render: Render) -> None:
    found = elements(render("site/base.html"))
    first_link = next(attributes for tag, attributes in found if tag == "a")
    assert first_link["href"] == "#content"
    assert any(attributes.get("id") == "content" for tag, attributes in found if tag == "main")


def test_desk_has_side_navigation_and_one_main(render: Render) -> None:
    found = elements(render("site/desk.html"))
    assert sum(tag == "main" for tag, _ in found) == 1
    assert any(attributes.get("class") == "side" for _, attributes in found)


def test_absent_and_forbidden_look_alike(render: Render) -> None:
    assert render("404.html") == render("403.html")


def test_expired_form_says_that_nothing_was_changed(render: Render) -> None:
    assert "Nothing was changed" in render("403_csrf.html")


def test_broken_page_needs_nothing_from_the_request(render: Render) -> None:
    assert "Nothing that you sent was half saved" in render("500.html")


def test_every_tag_is_closed(guide: str) -> None:
    opened = Counter(tag for tag, _ in elements(guide) if tag not in EMPTY_TAGS)
    for tag, count in opened.items():
        closed = guide.count(f"</{tag}>") + len(re.findall(rf"<{tag}\b[^>]*/>", guide))
        assert closed == count, tag


@pytest.mark.parametrize("sheet", OWN_SHEETS, ids=lambda sheet: sheet.name)
def test_own_style_sheets_use_logical_properties_only(sheet: Path) -> None:
    text = re.sub(r"@media[^{]*\{", "{", sheet.read_text("utf-8"))
    assert PHYSICAL.findall(text) == []


@pytest.mark.parametrize("sheet", OWN_SHEETS, ids=lambda sheet: sheet.name)
def test_style_sheets_name_only_files_that_exist(sheet: Path) -> None:
    for target in re.findall(r'url\("([^"]+)"\)', sheet.read_text("utf-8")):
        assert (STATIC / target).is_file(), target


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_stands_out_from_its_ground(scheme: int) -> None:
    blocks = (STATIC / "tokens.css").read_text("utf-8").split("@media (prefers-color-scheme: dark)")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[scheme].split("html {")[0]))
    pairs = [
        *((text, ground) for text in ("ink", "ink-soft", "accent", "alarm")
          for ground in ("paper", "surface", "sunk")),
        ("on-accent", "accent"), ("on-accent", "accent-hover"), ("accent", "accent-wash"),
        ("ember", "ember-wash"), ("alarm", "alarm-wash"), ("calm", "calm-wash"),
        ("ember", "paper"), ("calm", "paper"), ("ink", "accent-wash"), ("ink", "ember-wash"),
    ]  # fmt: skip
    for text, ground in pairs:
        assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def test_tools_of_a_picture_are_not_shown_before_a_script_can_run_them() -> None:
    """The sheet lays rows of buttons out, which would show what `hidden` hides."""
    sheet = (STATIC / "figures.css").read_text("utf-8")
    assert re.search(r"\.graph-tools\[hidden\] \{\s{1,9}display: none;", sheet)
