"""What a dossier is made of and must hold; who stood above whom; what each law is asked about."""

from undaunted.repression.dossiers.rules.days import check_birth, check_nationality, check_post
from undaunted.repression.dossiers.rules.findings import (
    UNRELIABLE,
    Found,
    Linked,
    Rest,
    facts_about,
    linked_acts,
)
from undaunted.repression.dossiers.rules.leaks import fields_naming, names_in
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
    MEMBERS,
    UNION,
    audience_for,
    tombstone_of,
)
from undaunted.repression.dossiers.rules.refusals import DossierRefused, SubmissionRefused
from undaunted.repression.dossiers.rules.terms import (
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
    "HEALTH_FACTS",
    "MEMBERS",
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
    "check_birth",
    "check_nationality",
    "check_post",
    "command_questions",
    "facts_about",
    "fields_naming",
    "linked_acts",
    "missing_of",
    "names_in",
    "office_of",
    "texts_of",
    "tombstone_of",
    "unsettled_of",
]
