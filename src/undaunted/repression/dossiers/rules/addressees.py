"""To whom a paper may be addressed: never the state it accuses, and under TLP:RED one partner.

The recipient is typed beside the law whose government was asked about with consent. What is typed
there names no other reader: a paper that is called the accused state's would be sent to it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from undaunted.core.places.rules import LANGUAGES, UnknownCountry, countries, country, country_name
from undaunted.repression.dossiers.rules.leaks import plain_text
from undaunted.repression.dossiers.rules.recipients import MEMBERS, UNION
from undaunted.repression.dossiers.rules.refusals import DossierRefused

__all__ = ["check_addressee"]

_RED: Final = "RED"
_BENDS: Final = 6
"""Letters from which on the end of a state's name bends: России, Ruritanian."""


def check_addressee(
    recipient: str, *, state: str, jurisdiction: str, tlp: str, partner: str | None
) -> None:
    """Raise `DossierRefused` where a paper about officials of a state may not be addressed so.

    `partner` is the name of the verified partner whose key seals it, None where there is none.
    """
    if jurisdiction == state or (jurisdiction == UNION and state in MEMBERS):
        raise DossierRefused("law", "it is of the state whose officials the dossier is about")
    if _names_state(recipient, state):
        raise DossierRefused(
            "recipient",
            "it names the state whose officials the dossier is about; write the office without it",
        )
    if tlp == _RED and (partner is None or _plain(partner) != _plain(recipient)):
        raise DossierRefused(
            "recipient",
            "the dossier is TLP:RED, which goes to one verified partner; choose the partner, and "
            "write the recipient as it is called",
        )


def _names_state(text: str, state: str) -> bool:
    """Tell whether a text names a state in a language of the product, also with an ending."""
    told = _plain(text)
    for stem, others in _called(state):
        rest = told
        for other in others:
            rest = rest.replace(other, " ")
        if stem in rest if not stem.isascii() else _begins_a_word(stem, rest):
            return True
    return False


def _begins_a_word(stem: str, text: str) -> bool:
    """Tell whether a word of a text begins so."""
    at = text.find(stem)
    while at >= 0:
        if not at or not (text[at - 1].isalnum() or text[at - 1] == "_"):
            return True
        at = text.find(stem, at + 1)
    return False


@lru_cache(maxsize=64)
def _called(state: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give each name of a state as it begins, and those of others that hold it: Niger, Nigeria."""
    try:
        code = country(state).code
    except UnknownCountry:
        return ()
    own = {_plain(country_name(code, language)) for language in LANGUAGES}
    stems = {name[:-1] if len(name) >= _BENDS else name for name in own}
    return tuple((stem, tuple(e for e in _every() if stem in e and e not in own)) for stem in stems)


@lru_cache(maxsize=1)
def _every() -> frozenset[str]:
    """Give the names of all states in the languages of the product."""
    return frozenset(
        _plain(country_name(each.code, language)) for each in countries() for language in LANGUAGES
    )


def _plain(text: str) -> str:
    return " ".join(plain_text(text).casefold().split())
