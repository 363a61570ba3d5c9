"""The sections of a draft for the Working Group, out of a case file and what was agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from undaunted.core.consent.rules import FieldGroup
from undaunted.core.events.rules import ActFamily, labels
from undaunted.core.evidence.queries import sources_for
from undaunted.core.places.rules import country_name
from undaunted.core.standards.queries import assessments_for, outcome_of
from undaunted.core.standards.rules import StepKind, Value, pack_version
from undaunted.prisoners.registry.rules.wgad import Answer, Line, Procedure, Section, word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from undaunted.core.access.rules import Actor
    from undaunted.core.actors.models import Party
    from undaunted.core.events.models import Act
    from undaunted.core.evidence.models import Citation, Source
    from undaunted.prisoners.registry.queries.records import CaseFile

__all__ = ["sections_of"]

GENDERS = frozenset({"female", "male", "other"})
STEPS = frozenset({"appeal", "hearing", "judgment"})
"""Acts that are steps before the courts of the country."""


def sections_of(  # noqa: PLR0913 - whose case, for what, in which words, as agreed, by whom
    actor: Actor,
    file: CaseFile,
    procedure: Procedure,
    *,
    language: str,
    groups: Collection[FieldGroup],
    submitter: tuple[str, bool],
    consent: tuple[str, ...],
) -> tuple[Section, ...]:
    """Give the questionnaire's sections; what nobody agreed to is withheld, not missing."""
    told = _Told(actor, file, language, frozenset(groups))
    sections = [told.identity(), told.arrest(), told.detention(), told.grounds()]
    if procedure is Procedure.REGULAR:
        sections.append(told.arbitrary())
    sections.append(told.steps())
    if procedure is Procedure.URGENT:
        sections.append(told.urgency())
    name, confidential = submitter
    answer = word("yes" if confidential else "no", language)
    sections.append(
        Section(
            word("submitter", language),
            (
                told.line("submitted_by", [Answer(name)]),
                told.line("confidential", [Answer(answer)]),
                told.line("consent", [Answer(each) for each in consent]),
            ),
        )
    )
    return tuple(sections)


class _Told:
    """One case in one language."""

    def __init__(
        self, actor: Actor, file: CaseFile, language: str, groups: frozenset[FieldGroup]
    ) -> None:
        self._actor, self._file = actor, file
        self._language, self._groups = language, groups
        holder = file.party.holder
        self._members: list[Party] = [one for one in file.members if one.holder == holder]
        self._acts: list[Act] = [act for act in file.acts if act.holder == holder]
        detention = ActFamily.DEPRIVATION_OF_LIBERTY.value
        self._spells = [act for act in self._acts if act.category == detention]

    def line(self, label: str, answers: Iterable[Answer], group: FieldGroup | None = None) -> Line:
        """Give a line, withheld where nobody agreed to its part."""
        held = word(label, self._language)
        if group is not None and group not in self._groups:
            return Line(held, withheld=True)
        return Line(held, tuple(each for each in answers if each.text))

    def identity(self) -> Section:
        """Say who it is."""
        person = self._file.party
        names = [
            one
            for one in self._file.names
            if one.holder == person.holder and one.kind != "pseudonym"
        ]
        known = person.gender if person.gender in GENDERS else ""
        gender = word(f"gender_{known}", self._language) if known else ""
        roles = [self._label("target_roles", role) for role in person.roles]
        countries = [country_name(each, self._language) for each in person.nationalities]
        return Section(
            word("identity", self._language),
            (
                self.line("name", [Answer(names[0].text)] if names else []),
                self.line("other_names", [Answer(one.text) for one in names[1:]]),
                self.line("gender", [self._of_person(gender)]),
                self.line("birth", [self._of_person(person.birth)]),
                self.line("nationality", [self._of_person(", ".join(countries))]),
                self.line("identity_document", []),
                self.line("activity", [self._of_person(", ".join(roles))], FieldGroup.BIOGRAPHY),
                self.line("usual_address", [], FieldGroup.CONTACT),
            ),
        )

    def arrest(self) -> Section:
        """Say when, where and by whom each stretch of detention began."""
        return Section(
            word("arrest", self._language),
            (
                self.line("day_of_arrest", [self._of(act, act.start) for act in self._spells]),
                self.line("place", [self._of(act, self._place(act)) for act in self._spells]),
                self.line("by_whom", [self._of(act, act.authority) for act in self._spells]),
                self.line("warrant", []),
            ),
        )

    def detention(self) -> Section:
        """Say how long, of which kind, where and by whom somebody is held."""
        spells = self._spells
        contact = [
            self._of(act, word("yes" if act.family_contact else "no", self._language))
            for act in spells
            if act.family_contact is not None
        ]
        return Section(
            word("detention", self._language),
            (
                self.line("period", [self._of(act, self._period(act)) for act in spells]),
                self.line(
                    "kind", [self._of(act, self._label("act_types", act.type)) for act in spells]
                ),
                self.line("held_at", [self._of(act, act.facility) for act in spells]),
                self.line("held_by", [self._of(act, act.authority) for act in spells]),
                self.line(
                    "stage",
                    [self._of(act, self._label("procedural_stages", act.stage)) for act in spells],
                ),
                self.line("sentence", [self._of(act, self._sentence(act)) for act in self._acts]),
                self.line("family_contact", contact, FieldGroup.FAMILY),
            ),
        )

    def _period(self, act: Act) -> str:
        """Give from when until when; without an end nothing is said of one."""
        if not act.start and not act.end:
            return ""
        start = act.start or word("not_known", self._language)
        return f"{start} / {act.end}" if act.end else start

    def grounds(self) -> Section:
        """Say what the authorities impute, and under which law."""
        charges = [act for act in self._acts if act.category == ActFamily.CHARGE.value]
        reasons = [
            self._of(act, ", ".join(filter(None, (self._label("act_types", act.type), act.law))))
            for act in charges
        ]
        return Section(
            word("grounds", self._language),
            (
                self.line("reasons", reasons),
                self.line("law", [self._of(act, act.law) for act in self._acts if act.law]),
            ),
        )

    def arbitrary(self) -> Section:
        """Say which of the five categories hold, with the reasons of those who assessed it."""
        ids = [one.pk for one in self._members]
        held = assessments_for(self._actor, "person", ids, pack="wgad")
        newest = next((row for row in held if row.holder == self._file.party.holder), None)
        lines = tuple(self._categories(newest)) if newest is not None else ()
        missing = (Line(word("arbitrary", self._language)),)
        return Section(word("arbitrary", self._language), lines or missing)

    def steps(self) -> Section:
        """Say what was tried before the courts of the country."""
        found = [
            self._of(
                act,
                ", ".join(filter(None, (act.start, self._label("act_types", act.type)))),
            )
            for act in self._acts
            if act.type in STEPS
        ]
        return Section(word("steps", self._language), (self.line("step", found),))

    def urgency(self) -> Section:
        """Say why it presses: health and treatment, as far as somebody agreed to tell it."""
        ill = [act for act in self._acts if act.category == ActFamily.ILL_TREATMENT.value]
        treated = [self._of(act, self._label("act_types", act.type)) for act in ill]
        health = [
            self._of(act, self._label("health_alerts", act.health_alert))
            for act in self._spells
            if act.health_alert
        ]
        return Section(
            word("urgency", self._language),
            (
                self.line("health", health, FieldGroup.HEALTH),
                self.line("treatment", treated, FieldGroup.HEALTH),
            ),
        )

    def _categories(self, assessment: Any) -> Iterable[Line]:  # noqa: ANN401 - a row of the core
        """Give a line for each category that is met, in the words of its criteria."""
        pack = pack_version(f"{assessment.pack}@{assessment.pack_version}")
        steps = outcome_of(assessment).explanation
        reasons = {step.code: step for step in steps if step.kind is StepKind.CRITERION}
        for step in steps:
            if step.kind is not StepKind.CATEGORY or step.value is not Value.MET:
                continue
            answers = []
            for name in step.because:
                texts = pack.criteria[name].texts
                held = texts.get(self._language, texts["en"])
                said = reasons.get(name)
                found = said.reasons if said else ()
                cited = self._named(said.sources if said else ())
                answers.append(
                    Answer(" ".join((held.text, *found)), (pack.source.citation, *cited))
                )
            yield Line(word("category", self._language, code=step.code), tuple(answers))

    def _of(self, act: Act, text: str) -> Answer:
        """Say something of an act, with its sources, once each."""
        return Answer(text, self._sources(self._file.cited(act)) if text else ())

    def _of_person(self, text: str) -> Answer:
        """Say something of the person, with the sources of the whole record."""
        ids = {one.pk for one in self._members}
        cited = [one for one in self._file.citations if one.subject_id in ids]
        return Answer(text, self._sources(cited) if text else ())

    def _sources(self, cited: Iterable[Citation]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._source(one.source, one.locator) for one in cited))

    def _named(self, ids: Collection[str]) -> tuple[str, ...]:
        """Name the sources that a finding gives by id, as far as they may be read."""
        held = sources_for(self._actor).filter(pk__in=[UUID(each) for each in ids])
        return tuple(dict.fromkeys(self._source(source) for source in held))

    def _source(self, source: Source, locator: str = "") -> str:
        """Name a source; one that is not public is not told to anybody."""
        if not source.public:
            return word("closed_source", self._language)
        parts = (source.publisher, source.title, source.published, source.url, locator)
        return ", ".join(filter(None, parts))

    def _place(self, act: Act) -> str:
        land = country_name(act.country, self._language) if act.country else ""
        return ", ".join(filter(None, (act.city, act.admin1, land)))

    def _sentence(self, act: Act) -> str:
        kind = self._label("sentence_kinds", act.sentence_kind)
        months = act.sentence_months
        length = word("months", self._language, months=months) if months is not None else ""
        return ", ".join(filter(None, (kind, length)))

    def _label(self, vocabulary: str, code: str) -> str:
        return labels(vocabulary, self._language).get(code, code) if code else ""
