"""What is wrong with a stake, by rule: what is done about it and what mends it.

Nothing is dropped in silence. A row whose share, day or singleness is in doubt stays as a stake
that *may* hold and need not: its lowest share is nothing. So it can widen what may be controlled,
and never makes up what must be.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

__all__ = ["Finding", "Rule", "Treatment"]


class Treatment(StrEnum):
    """What is done with a row that has a finding."""

    FLAGGED = "flagged"
    """Kept as it stands."""
    UNCERTAIN = "uncertain"
    """Kept, and counted only for what may be."""
    LEFT_OUT = "left out"
    """Not a stake: it names no owner, no company, or no share that could be read."""


class Rule(Enum):
    """The rules; each with its code, what it says, what is done, and the remedy."""

    SELF = (
        "self_ownership",
        "a company holds its own shares",
        Treatment.FLAGGED,
        "check the row; a company's own shares do not vote, and are taken out of its votes",
    )
    TOTAL = (
        "total_above_whole",
        "the stakes in one company add up to more than 100 %",
        Treatment.FLAGGED,
        "find out which of the rows is out of date; until then every one of them stands",
    )
    FINITE = (
        "share_not_finite",
        "a share is not a finite number",
        Treatment.UNCERTAIN,
        "write the share; it is taken as unknown",
    )
    RANGE = (
        "share_out_of_range",
        "a share is below 0 or above 100 %",
        Treatment.UNCERTAIN,
        "write 0.51 or 51 %; it is taken as unknown",
    )
    ORDER = (
        "max_below_min",
        "the largest share is below the smallest",
        Treatment.UNCERTAIN,
        "exchange min and max or correct them; the share is taken as unknown",
    )
    DATES = (
        "dates_reversed",
        "a stake ends on or before the day on which it begins",
        Treatment.UNCERTAIN,
        "correct valid_from or valid_to; it is taken as a stake that may hold on any day",
    )
    REPEAT = (
        "repeated",
        "a row says the same as an earlier one",
        Treatment.UNCERTAIN,
        "remove the row, or tell two lots of one size apart by their source",
    )
    SEVERAL = (
        "several_stakes",
        "an owner has several stakes of one kind in one company at one time",
        Treatment.FLAGGED,
        "check that they are lots and not statements of different days; they are added up",
    )
    MISSING = (
        "share_missing",
        "no share is stated",
        Treatment.FLAGGED,
        "find the share; until then it is between nothing and what the others leave",
    )
    OWNER = (
        "owner_unknown",
        "no owner is named",
        Treatment.FLAGGED,
        "name the owner; until then the holder is somebody of whom nothing else is known",
    )
    COMPANY = (
        "company_missing",
        "no company is named",
        Treatment.LEFT_OUT,
        "name the company that is held",
    )
    UNREADABLE = (
        "share_unreadable",
        "a share cannot be read",
        Treatment.UNCERTAIN,
        "write 0.51, 51 %, or 25-50 %; it is taken as unknown",
    )
    DAY = (
        "day_unreadable",
        "a day cannot be read",
        Treatment.UNCERTAIN,
        "write it as 2026-11-26; it is taken as a stake that may hold on any day",
    )
    KIND = (
        "kind_unknown",
        "no such kind of right",
        Treatment.LEFT_OUT,
        "write one of the kinds that the reference lists",
    )
    FIELDS = (
        "row_incomplete",
        "a row has fewer or more fields than the header",
        Treatment.LEFT_OUT,
        "give the row as many fields as the header",
    )
    PARTY = (
        "party_kind_unknown",
        "no such kind of owner or company",
        Treatment.FLAGGED,
        "write company, person, state, several or nothing",
    )
    LOOP = (
        "closed_loop",
        "companies hold all of each other, and nobody stands above them",
        Treatment.FLAGGED,
        "find out who stands above them; what anybody has of them is undetermined",
    )
    INDIRECT = (
        "indirect_beside_direct",
        "a holding through others is stated beside a direct one of the same kind",
        Treatment.UNCERTAIN,
        "state the chain itself; the row is not counted twice",
    )
    REPLACED = (
        "replaced_twice",
        "two statements stand in one place of one record",
        Treatment.UNCERTAIN,
        "find out which one stands; until then neither need hold",
    )
    ANONYMOUS = (
        "party_anonymous",
        "a party is declared anonymous or unknown",
        Treatment.FLAGGED,
        "ask for the name; until then it is a party of whom nothing else is known",
    )
    REFERENCE = (
        "party_not_described",
        "a party is named that nothing in the file describes",
        Treatment.FLAGGED,
        "fetch its description too; it is taken by its reference",
    )
    OFFICE = (
        "office_not_right",
        "an office is held, which is no right to decide alone",
        Treatment.LEFT_OUT,
        "state the right to appoint or remove the board, if there is one",
    )
    UNTOLD = (
        "right_not_told",
        "the kind of right is not told or not known to this version",
        Treatment.UNCERTAIN,
        "find out the right; it is taken as shares of unknown size",
    )
    PARTIAL = (
        "day_partial",
        "a day is told as a month or a year",
        Treatment.FLAGGED,
        "give the day; the stake is taken for the days on which it surely held",
    )
    AMBIGUOUS = (
        "share_ambiguous",
        "a share may be a part of one or a percentage",
        Treatment.UNCERTAIN,
        "write it with a percent sign; until then it is between both",
    )
    WORDED = (
        "share_as_text",
        "a share is written as text, as a span or with a decimal comma",
        Treatment.FLAGGED,
        "check how it was read; min and max, and a decimal point, cannot be mistaken",
    )
    FINER = (
        "share_finer",
        "a share is written finer than a billionth",
        Treatment.FLAGGED,
        "it is taken as lying between the two billionths beside it; check its last digits",
    )
    BOTH = (
        "share_contradicts",
        "a share lies outside the min and max of its own row",
        Treatment.UNCERTAIN,
        "find out which of them stands; until then it may be any of them",
    )
    ALIKE = (
        "identifiers_alike",
        "identifiers differ only by case, form, spaces or signs that nobody sees",
        Treatment.FLAGGED,
        "write one identifier where they are one party; until then they are different parties",
    )
    EXCEPTION = (
        "owner_not_reported",
        "a company gives a reason for naming no owner",
        Treatment.FLAGGED,
        "ask for the owner; the reason does not say that there is none",
    )
    WITHDRAWN = (
        "record_withdrawn",
        "its register says that a record does not stand",
        Treatment.LEFT_OUT,
        "fetch the register's present record, if there is one",
    )
    UNREAD = (
        "record_unread",
        "a record is not of the form that the format asks for",
        Treatment.LEFT_OUT,
        "correct the record; what it says is missing from every answer",
    )
    UNENDED = (
        "file_unended",
        "the last row has no end of line",
        Treatment.UNCERTAIN,
        "check that the file is whole and end its last line; until then it is in doubt",
    )
    QUOTE = (
        "quote_open",
        "a quotation mark is opened and never closed",
        Treatment.LEFT_OUT,
        "close it, or take it away; no row from there on is read",
    )
    CUT = (
        "file_cut",
        "the file ends in the middle of a row",
        Treatment.LEFT_OUT,
        "fetch the file again; what follows is missing from every answer",
    )

    def __init__(self, code: str, says: str, treatment: Treatment, remedy: str) -> None:
        self.code = code
        self.says = says
        self.treatment = treatment
        self.remedy = remedy

    @property
    def breaks(self) -> bool:
        """Whether what follows is missing, so that nothing is answered from such a file."""
        return self in {Rule.CUT, Rule.QUOTE}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: the rule, the rows of the source that it names, and what stood there."""

    rule: Rule
    rows: tuple[int, ...]
    detail: str = ""

    def __str__(self) -> str:
        """Give the sentence with rows, rule and remedy."""
        rows = ", ".join(str(each) for each in self.rows)
        where = f"{'row' if len(self.rows) == 1 else 'rows'} {rows}"
        detail = f" ({self.detail})" if self.detail else ""
        return f"{where}: {self.rule.says}{detail}; {self.rule.remedy} [{self.rule.code}]"
