"""What a dossier is made of and must hold; who stood above whom; what each law is asked about."""

from undaunted.repression.dossiers.rules.addressees import check_addressee
from undaunted.repression.dossiers.rules.bearing import borne_by_one_act
from undaunted.repression.dossiers.rules.days import check_birth, check_nationality, check_post
from undaunted.repression.dossiers.rules.findings import (
    UNRELIABLE,
    Found,
    Linked,
    Rest,
    facts_about,
    facts_by_act,
    linked_acts,
)
from undaunted.repression.dossiers.rules.leaks import fields_naming, names_in, plain_text
from undaunted.repression.dossiers.rules.outsiders import numbers_told
from undaunted.repression.dossiers.rules.paper import (
    ActTold,
    AnnexTold,
    EvidenceTold,
    FactTold,
    LinkTold,
    PaperTold,
    PersonTold,
    PostTold,
    QuestionTold,
    StatementTold,
    texts_of,
)
from undaunted.repression.dossiers.rules.posts import (
    ACTING,
    CommandQuestion,
    Deed,
    HeldPost,
    Span,
    command_questions,
    office_of,
)
from undaunted.repression.dossiers.rules.recipients import (
    ANNEXES,
    FILES,
    MEMBERS,
    SEALED,
    UNION,
    audience_for,
    tombstone_of,
)
from undaunted.repression.dossiers.rules.refusals import DossierRefused, SubmissionRefused
from undaunted.repression.dossiers.rules.sameness import digest_of_told
from undaunted.repression.dossiers.rules.surnames import (
    coincidences_of,
    declared_whole,
    forms_in,
    surnames_in,
    surnames_of,
)
from undaunted.repression.dossiers.rules.terms import (
    FIRST_LAWS,
    HEALTH_FACTS,
    DetailKind,
    PartyKind,
    Reply,
    SubmissionState,
    Weighed,
)
from undaunted.repression.dossiers.rules.wholeness import (
    Accused,
    Statement,
    missing_of,
    unsettled_of,
)

__all__ = [
    "ACTING",
    "ANNEXES",
    "FILES",
    "FIRST_LAWS",
    "HEALTH_FACTS",
    "MEMBERS",
    "SEALED",
    "UNION",
    "UNRELIABLE",
    "Accused",
    "ActTold",
    "AnnexTold",
    "CommandQuestion",
    "Deed",
    "DetailKind",
    "DossierRefused",
    "EvidenceTold",
    "FactTold",
    "Found",
    "HeldPost",
    "LinkTold",
    "Linked",
    "PaperTold",
    "PartyKind",
    "PersonTold",
    "PostTold",
    "QuestionTold",
    "Reply",
    "Rest",
    "Span",
    "Statement",
    "StatementTold",
    "SubmissionRefused",
    "SubmissionState",
    "Weighed",
    "audience_for",
    "borne_by_one_act",
    "check_addressee",
    "check_birth",
    "check_nationality",
    "check_post",
    "coincidences_of",
    "command_questions",
    "declared_whole",
    "digest_of_told",
    "facts_about",
    "facts_by_act",
    "fields_naming",
    "forms_in",
    "linked_acts",
    "missing_of",
    "names_in",
    "numbers_told",
    "office_of",
    "plain_text",
    "surnames_in",
    "surnames_of",
    "texts_of",
    "tombstone_of",
    "unsettled_of",
]
