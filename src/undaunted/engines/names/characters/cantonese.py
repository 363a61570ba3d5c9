"""Han characters as Hong Kong and Macau spell them: 林鄭月娥 is Lam Cheng Yuet-ngor.

From the one reading that Unicode's table has of each character, in jyutping, by rules for the
spellings of identity cards. No such rules are published; these are ours, from common usage,
unverified. Of four in five characters they give a spelling that the package cantonese-romanisation
1.0.5 lists too (looked up on 2026-11-27); it has others besides, with b, d and j.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from undaunted.engines.names.characters.cantonese_readings import READINGS

if TYPE_CHECKING:
    from undaunted.engines.names.characters.syllables import Spellings

__all__ = ["hong_kong", "jyutping", "spellings"]

_GROUP = re.compile("([a-z]{1,6})([^a-z ]{1,400})")
_PARTS = re.compile("(ng|gw|kw|[bpmfdtnlgkhwzcsj])?((?:[aeiou]|yu).{0,3})")


def _ways(text: str) -> dict[str, tuple[str, ...]]:
    pairs = (pair.split("=") for pair in text.split())
    return {sound: tuple(ways.split(",")) for sound, ways in pairs}


_ONSETS = {"": ("",)} | _ways(
    "b=p p=p m=m f=f d=t t=t n=n l=l g=k,g k=k ng=ng h=h gw=kw,gw kw=kw w=w z=ch,ts c=ch,ts"
    " s=s,sh j=y"
)
_FINALS = _ways(
    "a=a aa=a,ah,ar aai=ai aau=au aam=am aan=an aang=ang aap=ap aat=at aak=ak ai=ai au=au am=am,um"
    " an=an,un ang=ang ap=ap at=at,ut ak=ak e=e,eh ei=ei,i,ee eng=eng,ing ek=ek,ik i=i,ee iu=iu"
    " im=im in=in ing=ing ip=ip it=it ik=ik o=o,or,oh oi=oi,oy on=on ong=ong ot=ot ok=ok ou=o,ou,oo"
    " u=u,oo ui=ui un=un,oon ung=ung ut=ut uk=uk oe=eu,euh oeng=eung,eong oek=euk,eok eoi=ui"
    " eon=un eot=ut yu=u,ue,yu yun=uen,un yut=uet,ut"
)
_WHOLE = _ways(
    "si=sze,see,szu,si zi=chi,tsz,tze,chee ci=chi,tsz,tse,chee ji=yi,yee,i jyu=yu,yue,u m=m ng=ng"
    " jyun=yuen,yun jyut=yuet"
)


@lru_cache(maxsize=1)
def _readings() -> dict[str, str]:
    return {sign: sound for sound, signs in _GROUP.findall(READINGS) for sign in signs}


def jyutping(character: str) -> str:
    """Give the reading of a character without its tone, or nothing."""
    return _readings().get(character, "")


@lru_cache(maxsize=1024)
def hong_kong(syllable: str) -> tuple[str, ...]:
    """Give the spellings of a syllable of jyutping, the usual one first; none of nothing."""
    if syllable in _WHOLE:
        return _WHOLE[syllable]
    met = _PARTS.fullmatch(syllable)
    if met is None:
        return ()
    pairs = product(_ONSETS[met.group(1) or ""], _FINALS[met.group(2)])
    return tuple(one + other for one, other in pairs)


@lru_cache(maxsize=8192)
def spellings(word: str) -> Spellings:
    """Give each character's spellings; nothing where one has no reading."""
    found = tuple(hong_kong(jyutping(character)) for character in word)
    return found if all(found) else ()
