"""Each component says what it shows, in words and in markup."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tests.site.conftest import Render
from tests.site.samples import ChargeForm
from undaunted.site.components.dates import partial_date
from undaunted.site.components.listing import (
    Choice,
    Compared,
    CursorPage,
    Facet,
    Step,
    changed_words,
)
from undaunted.site.components.numbers import compact_text, number_text, percent_text
from undaunted.site.languages import LANGUAGES, direction, locale_for


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1952", "1952"),
        ("1952-05", "May 1952"),
        ("1952-05-03", "3 May 1952"),
        ("1952?", "1952 (uncertain)"),
        ("1952-05~", "about May 1952"),
        ("1952%", "about 1952 (uncertain)"),
        ("195X", "the 1950s"),
        ("19XX", "between 1900 and 1999"),
        ("1952-XX", "1952"),
        ("1952-05-XX", "May 1952"),
        ("1952-21", "spring 1952"),
        ("2019/2020", "between 2019 and 2020"),
        ("../2020", "before 2020"),
        ("2019/..", "since 2019"),
        ("/", "date unknown"),
        ("", "date unknown"),
        (None, "date unknown"),
        ("2021-02-31", "2021-02-31"),
        ("some day", "some day"),
        (date(2021, 5, 3), "3 May 2021"),
    ],
)
def test_partial_date_is_written_as_well_as_it_is_known(edtf: object, words: str) -> None:
    with override("en"):
        assert partial_date(edtf).text == words


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "a, b, c"), ("fr", "a, b, c"), ("ar", "a، b، c"), ("ug", "a، b، c"),
     ("zh-hans", "a、b\uff0cc")],
)  # fmt: skip
def test_words_are_parted_by_the_comma_of_the_language(
    render: Render, language: str, told: str
) -> None:
    text = "{{ words|commas }}{% comma apart=True %}c"
    assert render(text, {"words": ["a", "b"]}, language=language) == told
    text = "a{% comma %}b{% comma apart=True %}c"
    assert render(text, language=language) == told


def test_moment_is_written_with_its_machine_form() -> None:
    with override("en"):
        written = partial_date(datetime(2021, 5, 3, 12, 30, tzinfo=UTC))
    assert written.machine == "2021-05-03T12:30:00+00:00"
    assert written.text == "3 May 2021, 12:30"


def test_partial_date_follows_the_language() -> None:
    with override("ru"):
        assert partial_date("2021-05-03").text.startswith("3 мая 2021")


@given(st.text(max_size=40))
def test_no_text_breaks_the_date_writer(text: str) -> None:
    assert isinstance(partial_date(text).text, str)


def test_only_exact_dates_are_marked_up_as_time(render: Render) -> None:
    assert render('{{ "1952-05"|partial }}') == '<time datetime="1952-05">May 1952</time>'
    assert "<time" not in render('{{ "195X"|partial }}')


@pytest.mark.parametrize(
    ("language", "text"), [("en", "7,840"), ("ru", "7\xa0840"), ("tr", "7.840")]
)
def test_number_is_grouped_as_the_reader_groups(language: str, text: str) -> None:
    with override(language):
        assert number_text(7840) == text


def test_missing_number_is_a_dash_and_shares_are_percentages() -> None:
    with override("en"):
        assert number_text(None) == percent_text(None) == "\u2013"
        assert number_text(1.5, 2) == "1.50"
        assert number_text(1e300).startswith("1,000,000,000,"), "more than 28 digits"
        assert percent_text(0.256) == "26%"
        assert percent_text(0.256, 1) == "25.6%"
        assert compact_text(1_500_000) == "1.5M"


@pytest.mark.parametrize("language", ["ar", "fa", "ug"])
def test_minus_stays_before_its_number_where_letters_run_to_the_left(language: str) -> None:
    with override(language):
        assert number_text(-31) == "\u200e-31"
        assert number_text(31) == "31"


@pytest.mark.parametrize(
    ("tag", "wanted"), [("ar", "rtl"), ("ug", "rtl"), ("ug-Cyrl", "ltr"), ("az-Arab", "rtl"),
                        ("ru", "ltr"), ("zh-hans", "ltr")]
)  # fmt: skip
def test_direction_follows_language_and_script(tag: str, wanted: str) -> None:
    assert direction(tag) == wanted


def test_every_language_has_a_locale() -> None:
    assert {str(locale_for(each.code)) for each in LANGUAGES} >= {"en_GB", "zh_Hans", "ug", "be"}
    assert str(locale_for("ru-Zzzz-x")) == "ru"
    assert str(locale_for("qqx")) == "en"


def test_name_is_isolated_and_escaped(render: Render) -> None:
    page = render('{% name who "ar" %}', {"who": "<b>فاطمة"})
    assert page == '<bdi lang="ar" dir="rtl">&lt;b&gt;فاطمة</bdi>'
    assert render("{{ who|bidi }}", {"who": "Ann"}) == '<bdi dir="auto">Ann</bdi>'


@pytest.mark.parametrize("tag", ["tier_badge", "status_badge"])
def test_badge_of_an_unknown_word_is_nothing(render: Render, tag: str) -> None:
    assert render(f'{{% {tag} "nonsense" %}}') == ""


def test_badges_say_in_words_what_their_colour_says(render: Render) -> None:
    assert "Tier A" in render('{% tier_badge "a" %}')
    assert "Recognised" in render('{% status_badge "recognised" %}')
    assert "Embargoed" in render('{% badge "Embargoed" "warning" %}')


def test_table_whose_caption_holds_a_day_is_named_by_its_words(render: Render) -> None:
    page = render('{{ "2026-11-27"|partial }}').strip()
    assert "<time" in page
    page = render(
        '{% with day="2026-11-27"|partial %}{% table day %}<tr><td>1</td></tr>{% endtable %}'
        "{% endwith %}"
    )
    assert 'aria-label="27 November 2026" tabindex="0"' in page
    assert '<caption><time datetime="2026-11-27">' in page
    page = render("{% table name %}<tr><td>1</td></tr>{% endtable %}", {"name": 'a <b "c'})
    assert 'aria-label="a &lt;b &quot;c"' in page


def test_table_is_a_named_region_with_a_caption(render: Render) -> None:
    page = render('{% table "Cases" "published" %}<tr><td>1</td></tr>{% endtable %}')
    assert 'aria-label="Cases"' in page
    assert "<caption>Cases" in page
    assert "<td>1</td>" in page


def test_sort_heading_turns_round_and_keeps_the_filters(render: Render) -> None:
    source = '{% sort_heading "name" "Name" %}'
    first = render(source, address="/search/?q=anna&after=x")
    assert 'href="/search/?q=anna&amp;sort=name"' in first
    assert "aria-sort" not in first
    assert 'aria-sort="ascending"' in render(source, address="/search/?sort=name")
    assert 'aria-sort="descending"' in render(source, address="/search/?sort=-name")


def test_notice_of_an_error_is_announced(render: Render) -> None:
    assert 'role="alert"' in render('{% notice "error" "T" %}x{% endnotice %}')
    assert 'role="note"' in render("{% notice %}x{% endnotice %}")


def test_pages_lead_both_ways_and_never_carry_two_cursors(render: Render) -> None:
    page = CursorPage(shown=20, total=1204, next="n", previous="p")
    text = render("{% pages page %}", {"page": page}, address="/search/?q=a&after=old")
    assert "20 of 1,204 shown" in text
    assert 'href="/search/?q=a&amp;after=n"' in text
    assert 'href="/search/?q=a&amp;before=p"' in text
    assert "<ul>" not in render("{% pages page %}", {"page": CursorPage(shown=3)})


def test_last_crumb_is_the_page_itself(render: Render) -> None:
    page = render('{% crumbs "Home" "/" "Search" "" %}')
    assert '<a href="/">Home</a>' in page
    assert '<span aria-current="page">Search</span>' in page


def test_steps_tell_done_now_and_ahead(render: Render) -> None:
    items = (Step("File", "/file"), Step("Columns"), Step("Import"))
    page = render("{% steps items 2 %}", {"items": items})
    assert page.count('aria-current="step"') == 1
    assert '<a href="/file">File</a>' in page
    assert page.count('class="done"') == 1


def test_progress_says_its_numbers(render: Render) -> None:
    page = render('{% progress 4200 7840 "Rows read" %}')
    assert "4,200 of 7,840" in page
    assert 'max="7840" value="4200"' in page


def test_facet_boxes_keep_what_was_chosen(render: Render) -> None:
    group = Facet("role", "Role", (Choice("hrd", "Defender", 3, chosen=True), Choice("x", "X")))
    page = render("{% facet group %}", {"group": group})
    assert page.count(" checked") == 1
    assert "<legend>Role</legend>" in page


def test_comparison_gives_the_reason_in_words(render: Render) -> None:
    lines = [
        Compared("Name", "Anna", "Анна", "close", "same in Latin letters", "ru-Latn", "ru"),
        Compared("Court", "City", None, "missing"),
    ]
    page = render('{% comparison lines "A" "B" "One person?" %}', {"lines": lines})
    assert "same in Latin letters" in page
    assert "not known" in page
    assert 'lang="ru"' in page


@given(st.lists(st.sampled_from("abcd"), max_size=8), st.lists(st.sampled_from("abcd"), max_size=8))
def test_changes_keep_every_word_of_both_texts(old: list[str], new: list[str]) -> None:
    runs = changed_words(" ".join(old), " ".join(new))
    assert " ".join(text for kind, text in runs if kind != "ins").split() == old
    assert " ".join(text for kind, text in runs if kind != "del").split() == new


def test_changes_are_marked_as_taken_out_and_put_in(render: Render) -> None:
    page = render("{% changes a b %}", {"a": "held in May", "b": "held in June"})
    assert "<del>May</del> <ins>June</ins>" in page


def test_form_row_ties_label_help_and_problem_to_the_control(render: Render) -> None:
    form = ChargeForm({"law": "", "stage": "", "kind": "a"})
    page = render("{% form_row form.law %}", {"form": form})
    assert '<label for="id_law">' in page
    assert 'aria-describedby="id_law_helptext id_law_error"' in page
    assert 'id="id_law_helptext"' in page
    assert 'id="id_law_error"' in page
    assert 'aria-invalid="true"' in page


def test_radio_buttons_are_a_fieldset_with_a_legend(render: Render) -> None:
    page = render("{% form_row form.kind %}", {"form": ChargeForm()})
    assert "<fieldset" in page
    assert "<legend>Confidence" in page


def test_form_problems_lead_to_their_fields(render: Render) -> None:
    page = render("{% form_problems form %}", {"form": ChargeForm({"kind": "a"})})
    assert 'href="#id_law"' in page
    assert render("{% form_problems form %}", {"form": ChargeForm()}).strip() == ""


def test_navigation_leaves_out_pages_that_do_not_exist(render: Render) -> None:
    assert render('{% nav_link "nowhere:at-all" "Nowhere" %}') == ""


def test_messages_are_notices(render: Render) -> None:
    messages = [SimpleNamespace(level_tag="error", __str__=lambda: "x")]
    assert 'role="alert"' in render("site/components/notices.html", {"messages": messages})


def test_address_can_be_changed_key_by_key(render: Render) -> None:
    page = render("{% here_with sort=None page=2 %}", address="/search/?q=a&sort=x")
    assert page == "/search/?q=a&amp;page=2"


def test_empty_list_says_what_to_do(render: Render) -> None:
    assert "<h2>Nothing</h2>" in render('{% empty "Nothing" %}<p>Look</p>{% endempty %}')
