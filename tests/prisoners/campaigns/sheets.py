"""Sheets of invented cases in every script, as materials are written from them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from undaunted.prisoners.campaigns.rules import (
    AdopterKind,
    AdopterSheet,
    CampaignSheet,
    CaseSheet,
    Channel,
    FollowUp,
    Level,
    Mode,
    NamePiece,
    OccasionSheet,
    RaiseLine,
    Reply,
    SourceLine,
)

__all__ = ["ADOPTER", "ARABIC", "CAMPAIGN", "CHINESE", "CYRILLIC", "LONG", "NAMELESS", "raises"]

SOURCES = (
    SourceLine("Streva Centre", "List of prisoners", "2026-06-30", "https://example.org/list"),
    SourceLine("مركز القصر", "قائمة المحتجزين", "2026-05", "javascript:alert(1)"),
)
CAMPAIGN = CampaignSheet(
    id=UUID(int=1),
    reference="day-2026",
    name="Day of <Political> Prisoners",
    day=date(2026, 12, 3),
    languages=("en", "ar", "zh-hans"),
    occasion=OccasionSheet("3-december", "3 December", (), "no independent source was found"),
    organisation="Desk of Ruritania",
    address="https://example.org/campaigns/day-2026",
)
CYRILLIC = CaseSheet(
    subject=UUID(int=2),
    reference="XR-0042",
    mode=Mode.PUBLIC,
    country="XR",
    ask="Release without conditions.",
    names=(NamePiece("Olena Korsak"), NamePiece("Олена Корсак", "uk")),
    roles=("journalist", "hrd"),
    laws=("extremism",),
    since="2021-02",
    sources=SOURCES,
)
ARABIC = CaseSheet(
    subject=UUID(int=3),
    reference="XS-0007",
    mode=Mode.PRIVATE_ONLY,
    country="XS",
    ask="الإفراج دون شروط.",
    names=(NamePiece("سمير القصر", "ar"), NamePiece("Samir al-Qasr")),
    roles=("journalist",),
    since="2023-11",
)
CHINESE = CaseSheet(
    subject=UUID(int=4),
    reference="XB-0100",
    mode=Mode.PUBLIC,
    country="XB",
    ask="无条件释放。",
    names=(NamePiece("林默言", "zh"), NamePiece("Lin Moyan")),
)
NAMELESS = CaseSheet(UUID(int=5), "XZ-0001", Mode.PUBLIC, "XZ", " ")
LONG = CaseSheet(
    subject=UUID(int=6),
    reference="XF-0001",
    mode=Mode.PUBLIC,
    country="XF",
    ask="Release. " * 12,
    names=(NamePiece("Maximiliana" + "xandrovna" * 32), NamePiece("Макси" + "мильяна" * 40)),
)
ADOPTER = AdopterSheet(
    "Anna Bera", AdopterKind.PARLIAMENTARIAN, "XZ", "Member of the Diet", "Streva", public=True
)


def _raised(day: int, case: CaseSheet, channel: Channel, reply: Reply | None = None) -> RaiseLine:
    return RaiseLine(
        day=date(2026, 12, day),
        channel=channel,
        level=Level.MINISTER,
        counterpart="Ministry <of> Justice",
        counterpart_country=case.country,
        by="Anna Bera",
        by_country="XZ",
        case=case.reference,
        names=case.names,
        country=case.country,
        place="Streva",
        reply=reply,
        reply_day=date(2026, 12, 4) if reply else None,
        follow_ups=(FollowUp(date(2026, 12, 5), "Asked again."),) if reply else (),
    )


def raises() -> tuple[RaiseLine, ...]:
    """Give raises in public and in private, of cases in every mode and of the campaign itself."""
    return (
        _raised(3, CYRILLIC, Channel.PUBLIC, Reply.VISIT),
        _raised(2, CYRILLIC, Channel.PRIVATE, Reply.RELEASE),
        _raised(1, CYRILLIC, Channel.MULTILATERAL),
        _raised(3, ARABIC, Channel.PUBLIC, Reply.DENIAL),
        _raised(3, CHINESE, Channel.PUBLIC, Reply.NONE),
        RaiseLine(
            day=date(2026, 12, 3),
            channel=Channel.PUBLIC,
            level=Level.HEAD,
            counterpart="The President",
            counterpart_country="XR",
            by="City of Streva",
            by_country="XB",
        ),
    )
