"""A model law is read whole or refused with all that is wrong; its options stand in brackets."""

from __future__ import annotations

from typing import Any

import pytest

from undaunted.core.commitments.rules import (
    Feature,
    Kit,
    KitArticle,
    ModelLawBroken,
    bracketed,
    read_model_law,
)

HEAD = 'title = "Model law"\nabout = "Of invented measures."\nstatus = "Our own draft."\n'
ARTICLE = {
    "key": '"persons"',
    "title": '"Who can be named"',
    "text": '"\\nThe minister may name [a person] [or a body].\\n"',
    "commentary": '"So that it reaches both."',
    "rests_on": '["persons", "bodies"]',
    "after": '"Our own."',
}
FEATURES = tuple(
    Feature(code, f"{code}?", code, model=True, why="", sources=())
    for code in ("persons", "bodies")
)


def written(*articles: dict[str, str], head: str = HEAD) -> str:
    """Give a pack with these articles."""
    tables = ("".join(f"{name} = {value}\n" for name, value in each.items()) for each in articles)
    return head + "".join(f"[[articles]]\n{each}" for each in tables)


def problems_of(text: str) -> tuple[str, ...]:
    """Give everything that is said against a pack."""
    with pytest.raises(ModelLawBroken) as refused:
        read_model_law(text, FEATURES)
    assert str(refused.value) == "; ".join(refused.value.problems)
    return refused.value.problems


def test_a_model_law_is_read_with_its_articles_in_order() -> None:
    second = ARTICLE | {"key": '"review"', "rests_on": '["bodies"]'}
    kit = read_model_law(written(ARTICLE, second), FEATURES)
    first = KitArticle(
        "persons", "Who can be named", "The minister may name [a person] [or a body].",
        "So that it reaches both.", ("persons", "bodies"), "Our own.",
    )  # fmt: skip
    assert kit == Kit("Model law", "Of invented measures.", "Our own draft.", kit.articles)
    assert kit.articles[0] == first
    assert [(each.key, each.rests_on) for each in kit.articles[1:]] == [("review", ("bodies",))]


def test_each_feature_that_the_model_asks_for_needs_an_article() -> None:
    assert problems_of(written(ARTICLE | {"rests_on": '["persons"]'})) == (
        "articles: none rests on bodies; the model law has this feature",
    )
    assert problems_of(HEAD) == tuple(
        f"articles: none rests on {code}; the model law has this feature"
        for code in ("persons", "bodies")
    )
    assert read_model_law(HEAD, ()).articles == ()


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (HEAD.replace('"Model law"', '" "'), "title: write a text that is not empty"),
        (HEAD.replace('"Of invented measures."', "7"), "about: write a text that is not empty"),
        (
            HEAD.replace("Our own draft.", "x" * 4001),
            "status: write 4000 letters at most, and no null characters",
        ),
        (
            f"{HEAD}score = 3\n",
            "kit: 'score' is no key here; remove it or use one of about, articles, status, title",
        ),
    ],
)
def test_what_is_wrong_at_the_head_names_its_key(head: str, told: str) -> None:
    assert problems_of(written(ARTICLE, head=head)) == (told,)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"key": '""'}, "key: write a text"),
        ({"title": "1"}, "title: write a text"),
        ({"commentary": '" "'}, "commentary: write a text"),
        ({"after": f'"{"x" * 4001}"'}, "after: write 4000 letters at most"),
        ({"text": '"Name [a person."'}, "text: has 1 opening and 0 closing brackets"),
        ({"text": '"Name a] person]."'}, "text: has 0 opening and 2 closing brackets"),
        ({"rank": "1"}, "'rank' is no key here"),
    ],
)
def test_what_is_wrong_in_an_article_names_its_number_and_key(
    changed: dict[str, Any], told: str
) -> None:
    (problem,) = problems_of(written(ARTICLE, ARTICLE | changed))
    assert problem.startswith("articles[2]")
    assert told in problem


@pytest.mark.parametrize("rests_on", ["[]", '["persons", "magic"]', '"persons"'])
def test_an_article_rests_on_a_list_of_features_that_are_there(rests_on: str) -> None:
    assert problems_of(written(ARTICLE, ARTICLE | {"rests_on": rests_on})) == (
        "articles[2], rests_on: write a list of features out of bodies, persons",
    )
    lacking = {name: value for name, value in ARTICLE.items() if name != "rests_on"}
    assert problems_of(written(ARTICLE, lacking))[0].startswith("articles[2], rests_on:")


def test_all_that_is_wrong_is_said_at_once() -> None:
    text = written(ARTICLE | {"key": '""', "text": '"["'}, head=f"{HEAD}score = 3\n")
    assert [each.partition(":")[0] for each in problems_of(text)] == [
        "kit", "articles[1], key", "articles[1], text",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("The minister.", (("The minister.", False),)),
        ("[30] days", (("[30]", True), (" days", False))),
        ("within [30] days", (("within ", False), ("[30]", True), (" days", False))),
        ("[a][b]", (("[a]", True), ("[b]", True))),
        ("[a [or b] c] d", (("[a [or b] c]", True), (" d", False))),
        ("open [ended", (("open ", False), ("[ended", False))),
        ("a] closed", (("a] closed", False),)),
    ],
)
def test_an_option_stands_in_brackets_and_those_within_belong_to_it(
    text: str, parts: tuple[tuple[str, bool], ...]
) -> None:
    assert bracketed(text) == parts
    assert "".join(part for part, _ in bracketed(text)) == text
