"""The case of the port as letters tell it, with words that no open version may hold."""

from __future__ import annotations

from datetime import date

from undaunted.coercion.screening.rules import (
    Answer,
    ConditionLine,
    DeadlineLine,
    DecisionKind,
    DecisionPart,
    EvidenceLine,
    FactorLine,
    Found,
    Kept,
    Letter,
    LetterFacts,
    LetterKind,
    OwnershipLine,
    RecourseLine,
    SourceStatus,
)

__all__ = ["FACTS", "SECRETS", "letter"]

ON = date(2026, 11, 26)
SECRETS = ("Quay Nine", "240 million", "Lantern", "cable landing", "State Bank", "Saffron")
"""What only those who are cleared may read."""

FACTS = LetterFacts(
    reference="XF-2026-0031",
    authority="Investment Screening Office of Freedonia",
    law="Model screening regime; Regulation (EU) 2019/452",
    verified=False,
    investor="Harbour Holdings",
    target="Port of Strelsau",
    deal=Kept(
        "Harbour Holdings of Zubrowka acquires 60 % of the Port of Strelsau, with a veto over the"
        " lease of Quay Nine.",
        "Harbour Holdings of Zubrowka acquires 60 % of the Port of Strelsau.",
    ),
    value=Kept("about 240 million", ""),
    filed=date(2026, 11, 3),
    known_at="2026-11-26 09:00 UTC",
    ownership=(
        OwnershipLine(
            "Ruritania", "Ruritania", Answer.MUST, "51 %",
            (("Ruritanian Conglomerate is controlled: Ruritania holds 51 % (register of Ruritania,"
             " row 4); > 50 %."),
             ("Harbour Holdings is controlled: Ruritanian Conglomerate holds 100 % (register of"
             " Zubrowka, row 12); > 50 %.")),
        ),
        OwnershipLine("Lantern Trust", "Syldavia", Answer.MAY, "0 % to 49 %", (), secret=True),
        OwnershipLine("Zubrowka Pensions", "Zubrowka", Answer.NO, "0 % to 9 %", ()),
    ),
    factors=(
        FactorLine(
            "critical-infrastructure", "Critical infrastructure", Found.PRESENT,
            Kept(
                "The port handles two thirds of the grain that Freedonia imports by sea, and the"
                " cable landing of the south coast.",
                "The port handles most of the grain that Freedonia imports by sea.",
            ),
            (1, 2),
        ),
        FactorLine(
            "state-control", "The investor is controlled by a third country's government",
            Found.PRESENT,
            Kept("Ruritania holds 51 % of the conglomerate above the investor."), (3,),
        ),
        FactorLine(
            "prior-conduct", "The investor was already involved in activities that affect security",
            Found.ABSENT, Kept("No act of that kind was found in the sources that were asked."), (),
        ),
    ),
    evidence=(
        EvidenceLine(1, "Statistics of trade by port", "Office of Statistics", date(2026, 6, 30)),
        EvidenceLine(2, "Report Saffron", "Ministry of Defence", secret=True),
        EvidenceLine(3, "Register of companies", "Ruritania", date(2026, 10, 1)),
    ),
    caveat="A proposal, no law: a state that adopts it writes its own text.",
    hypothetical=True,
)  # fmt: skip


def _decision(kind: DecisionKind) -> DecisionPart:
    conditions = (
        ConditionLine(
            Kept("Two directors whom the authority accepts sit on the board."),
            date(2027, 1, 31), 6, "the port authority", date(2032, 1, 31),
        ),
        ConditionLine(
            Kept("No loan of the State Bank is secured on the port.", ""),
            date(2027, 1, 31), 1, "the office",
        ),
    )  # fmt: skip
    return DecisionPart(
        kind=kind,
        reasons=Kept(
            "Who controls the port decides who is served in a crisis of supply.\n\n"
            "The factors found present weigh more than the interest in the price."
        ),
        recourse=(
            RecourseLine(
                "An independent court, on facts and law",
                "30 days, from the day after the decision was received",
                "Undaunted, card 4.3, model regime", SourceStatus.PROPOSAL, date(2026, 12, 26),
            ),
            RecourseLine("Courts of the Member State", "", "Article 3(5)", SourceStatus.UNVERIFIED),
        ),
        no_less=Kept("Conditions on the board would not reach orders given to the parent."),
        account=Kept("Zubrowka's comment was followed on the supply of grain."),
        conditions=conditions if kind is DecisionKind.CONDITIONS else (),
        signed="Director of the Investment Screening Office",
    )  # fmt: skip


def letter(
    kind: LetterKind = LetterKind.DECISION,
    *,
    decision: DecisionKind = DecisionKind.PROHIBIT,
    language: str = "en",
    draft: bool = False,
) -> Letter:
    """Give a letter of the case of the port."""
    speaks = kind in {LetterKind.COMMENT, LetterKind.OPINION}
    asks = kind is LetterKind.REQUEST
    return Letter(
        kind=kind,
        language=language,
        on=ON,
        to="Ports Ministry of Zubrowka" if kind is LetterKind.NOTICE else "Harbour Holdings",
        facts=FACTS,
        says=Kept("The port also serves Zubrowka's grain." if speaks else ""),
        asks=(
            (Kept("Who appoints the board of the conglomerate?"), Kept("What is in Lantern?", ""))
            if asks
            else ()
        ),
        answer_by=date(2026, 12, 31) if asks or kind is LetterKind.NOTICE else None,
        stops=asks,
        deadlines=(
            DeadlineLine(
                "Member States comment, the Commission gives its opinion", date(2027, 1, 4),
                "Regulation (EU) 2019/452, Article 6(7)", SourceStatus.SECONDARY,
            ),
            DeadlineLine(
                "Authority ends its initial review", date(2027, 1, 11),
                "Undaunted, card 4.3, model regime", SourceStatus.PROPOSAL,
            ),
        ),
        decision=_decision(decision) if kind is LetterKind.DECISION else None,
        draft=draft,
    )  # fmt: skip
