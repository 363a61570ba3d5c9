"""Who raised whom, where, and with what reply: a document to print on the day after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from undaunted.core.editions.rules import (
    Bullets,
    Column,
    ColumnKind,
    Document,
    Figure,
    Joined,
    Name,
    Notice,
    Paragraph,
    Section,
    Table,
)
from undaunted.core.places.rules import country_name
from undaunted.prisoners.campaigns.rules.raised import (
    by_case,
    by_country,
    by_reply,
    highest,
    shown_lines,
)
from undaunted.prisoners.campaigns.writers.terms import CHANNELS, LEVELS, reply_text
from undaunted.site.charts.bars import Bar, bars
from undaunted.site.components.dates import date_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from undaunted.core.editions.rules import Block, Cell
    from undaunted.prisoners.campaigns.rules import CampaignSheet, Mode, RaiseLine
    from undaunted.prisoners.campaigns.rules.raised import RaiseGroup

__all__ = ["raise_sheet"]


def raise_sheet(  # noqa: PLR0913 - of what, for whom, of which day, as known when, in which language
    campaign: CampaignSheet,
    lines: Iterable[RaiseLine],
    modes: Mapping[str, Mode],
    *,
    public: bool,
    as_of: date,
    known_at: str,
    language: str,
) -> Document:
    """Write the sheet; `modes` gives the mode of each case, and what is not in it is not shown.

    The public sheet holds no raise in private and no case but public ones, in no number either.
    """
    shown = shown_lines(lines, modes, public=public)
    with override(language):
        return Document(
            title=_("Who raised whom, where, and with what reply"),
            subtitle=f"{campaign.name} · {date_text(campaign.day)}",
            language=language,
            publisher=campaign.organisation or campaign.name,
            as_of=as_of,
            known_at=known_at,
            blocks=(_reach(public=public), *_blocks(shown, language)),
            hypothetical=campaign.invented,
            edition=campaign.reference,
        )


def _reach(*, public: bool) -> Block:
    if public:
        told = _(
            "Whatever was raised in private, and cases that are raised in private alone, are not "
            "here and in no number."
        )
        return Notice("", (told,))
    return Notice(
        "", (_("For the desk alone: raises in private are among them. Do not pass it on."),)
    )


def _blocks(shown: tuple[RaiseLine, ...], language: str) -> Iterator[Block]:
    if not shown:
        yield Paragraph((_("Nothing has been raised so far."),))
        return
    yield Section("replies", _("What came back"), (_ladder(shown),))
    yield Section("countries", _("By country"), (_countries(shown, language),))
    cases = [_case(at, group, language) for at, group in enumerate(by_case(shown), start=1)]
    yield Section("cases", _("Case by case"), tuple(cases))


def _ladder(shown: tuple[RaiseLine, ...]) -> Figure:
    rungs = [(reply_text(rung), count) for rung, count in by_reply(shown)]
    caption = _("What came back")
    told = _("Raises by reply: %(numbers)s.") % {
        "numbers": "; ".join(f"{words}: {count}" for words, count in rungs)
    }
    chart = bars([Bar(*each) for each in rungs], title=caption, description=told)
    return Figure(
        key="ladder",
        caption=caption,
        alternative=told,
        specification=chart.specification,
        table=Table(
            "ladder-data",
            caption,
            (Column("reply", _("Reply")), Column("raises", _("Raises"), ColumnKind.WHOLE)),
            tuple(rungs),
            keys=tuple(str(rung or "unknown") for rung, _count in by_reply(shown)),
        ),
    )


def _countries(shown: tuple[RaiseLine, ...], language: str) -> Table:
    groups = by_country(shown)
    return Table(
        key="by-country",
        caption=_("By country"),
        columns=(
            Column("country", _("Country")),
            Column("raises", _("Raises"), ColumnKind.WHOLE),
            Column("cases", _("Cases"), ColumnKind.WHOLE),
            Column("reply", _("Highest reply")),
        ),
        rows=tuple(
            (
                country_name(group.key, language),
                len(group.lines),
                len({each.case for each in group.lines if each.case}),
                reply_text(highest(group.lines)),
            )
            for group in groups
        ),
        keys=tuple(group.key for group in groups),
    )


def _case(at: int, group: RaiseGroup, language: str) -> Section:
    first = group.lines[0]
    names = " · ".join(each.text for each in first.names)
    where = country_name(first.country, language) if first.country else ""
    told = (names, where, group.key) if group.key else (_("The campaign as a whole"),)
    title = " · ".join(each for each in told if each)
    table = Table(
        key=f"case-{at}-raises",
        caption=" · ".join(each for each in (_("Raises"), group.key) if each),
        columns=(
            Column("day", _("Date"), ColumnKind.DAY),
            Column("by", _("Who")),
            Column("counterpart", _("With whom")),
            Column("level", _("Level")),
            Column("channel", _("Channel")),
            Column("place", _("Where")),
            Column("reply", _("Reply")),
        ),
        rows=tuple(_row(each, language) for each in group.lines),
        joined=Joined("raises", _("Raises"), Column("case", _("Case")), group.key),
    )
    followed = _followed(group.lines)
    return Section(f"case-{at}", title, (table, Bullets(followed)) if followed else (table,))


def _row(line: RaiseLine, language: str) -> tuple[Cell, ...]:
    reply = reply_text(line.reply)
    when = f" ({date_text(line.reply_day)})" if line.reply_day else ""
    return (
        line.day,
        Name(_who(line, language)),
        Name(f"{line.counterpart} ({country_name(line.counterpart_country, language)})"),
        str(LEVELS[line.level]),
        str(CHANNELS[line.channel]),
        Name(line.place),
        f"{reply}{when}",
    )


def _who(line: RaiseLine, language: str) -> str:
    """Give who raised it with their country, and the adopter where that is somebody else."""
    where = country_name(line.by_country, language)
    who = f"{line.by} ({where})" if line.by else where
    return f"{who} · {line.adopter}" if line.adopter not in {"", line.by} else who


def _followed(lines: tuple[RaiseLine, ...]) -> tuple[tuple[str | Name, ...], ...]:
    return tuple(
        (f"{date_text(step.day)} · ", Name(line.by), " · ", Name(step.text))
        for line in lines
        for step in line.follow_ups
    )
