"""A step at a desk: what is meant is found, what is refused is said, and nothing else is told."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from django import forms
from django.http import Http404, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.test import RequestFactory

from undaunted.core.access.pages import Desk
from undaunted.core.access.rules import PUBLIC

if TYPE_CHECKING:
    from django.http import HttpRequest

    from undaunted.core.access.rules import Actor


class Refused(ValueError):
    """The rules of this desk say no; with several problems they are said each."""

    def __init__(self, *problems: str) -> None:
        super().__init__("; ".join(problems))
        if len(problems) > 1:
            self.problems = problems


class Said(forms.Form):
    words = forms.CharField(max_length=5)


def find(_actor: Actor, name: str) -> str | None:
    """Know one drawer; a number is no name of any."""
    if name.isdigit():
        raise LookupError("a number names no drawer")
    return "drawer" if name == "drawer" else None


DESK = Desk(refusals=(Refused,), absent=(LookupError,))
GOT: list[tuple[object, ...]] = []


@DESK.taken(find, lambda held: f"/desk/{held}/")
def put_in(held: str, *, actor: Actor, at: object) -> None:
    """Put something in."""
    GOT.append((held, actor, at))


@DESK.taken(find, lambda held: f"/desk/{held}/", form=lambda sent, _held, _actor: Said(sent))
def write(held: str, told: dict[str, Any], *, actor: Actor, at: object) -> None:
    """Write words on it."""
    if told["words"] == "no":
        raise Refused("words: are refused; write others")
    GOT.append((held, told["words"]))


def _asked(method: str = "post", **sent: str) -> HttpRequest:
    request: Any = getattr(RequestFactory(), method)("/desk/drawer/", sent)
    request.actor = PUBLIC
    return request  # type: ignore[no-any-return]


def _refuse(*problems: str) -> object:
    raise Refused(*problems)


@pytest.fixture(autouse=True)
def _nothing_got() -> None:
    GOT.clear()


def test_a_step_is_taken_for_whoever_asks_and_leads_back() -> None:
    answer = put_in(_asked(), name="drawer")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/drawer/")
    assert GOT[0][:2] == ("drawer", PUBLIC)
    assert put_in.access_rule == "desk"  # type: ignore[attr-defined]
    assert isinstance(put_in(_asked("get"), name="drawer"), HttpResponseNotAllowed)


@pytest.mark.parametrize("name", ["cupboard", "7"])
def test_what_is_not_there_and_what_cannot_be_are_answered_alike(name: str) -> None:
    with pytest.raises(Http404):
        put_in(_asked(), name=name)
    assert GOT == []


def test_a_form_that_is_whole_is_given_to_the_step() -> None:
    assert write(_asked(words="yes"), name="drawer").status_code == 302
    assert GOT == [("drawer", "yes")]


@pytest.mark.parametrize(("words", "says"), [("too long", "words: "), ("no", "are refused")])
def test_what_is_refused_is_said_with_the_way_back_and_the_form(words: str, says: str) -> None:
    answer = write(_asked(words=words), name="drawer")
    assert isinstance(answer, TemplateResponse)
    assert answer.status_code == 409
    assert answer.context_data is not None
    assert says in str(answer.context_data["problem"])
    assert answer.context_data["back"] == "/desk/drawer/"
    assert answer.context_data["form"].data["words"] == words
    assert GOT == []


def test_a_long_form_that_is_refused_says_every_problem() -> None:
    assert DESK.written(_asked("get"), Said({"words": "yes"}), lambda: "made") is None
    assert DESK.written(_asked(), Said({}), lambda: "made") is None
    assert DESK.written(_asked(), Said({"words": "yes"}), lambda: "made") == "made"
    for problems in (("one",), ("one", "two")):
        form = Said({"words": "yes"})
        assert DESK.written(_asked(), form, partial(_refuse, *problems)) is None
        assert form.non_field_errors() == list(problems)


def test_each_part_of_a_refusal_is_said_once() -> None:
    """What names a field is said there; another part beside it is said above, and that alone."""
    form = Said({"words": "yes"})
    told = "words: are refused; drawer: is shut"
    assert DESK.written(_asked(), form, partial(_refuse, told)) is None
    assert form.errors["words"] == ["are refused"]
    assert form.non_field_errors() == ["drawer: is shut"]
    form = Said({"words": "yes"})
    told = "drawer: is shut; words: are refused; write others"
    assert DESK.written(_asked(), form, partial(_refuse, told)) is None
    assert form.errors["words"] == ["are refused; write others"]
    assert form.non_field_errors() == ["drawer: is shut"]
