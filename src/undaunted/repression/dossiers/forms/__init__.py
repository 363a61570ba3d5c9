"""Forms of dossiers."""

from undaunted.repression.dossiers.forms.dossiers import (
    AccusedForm,
    ActForm,
    AnnexForm,
    DetailForm,
    DossierForm,
    FindingForm,
    LinkForm,
    PostForm,
    ReplyForm,
    StatementForm,
    SubmissionForm,
    laws_offered,
)
from undaunted.repression.dossiers.forms.fields import PartForm
from undaunted.repression.dossiers.forms.listed import ListedForm
from undaunted.repression.dossiers.forms.looking import LookForm
from undaunted.repression.dossiers.forms.offered import offered_told
from undaunted.repression.dossiers.forms.plans import ChangeIn, OpenedIn, PlanIn
from undaunted.repression.dossiers.forms.redacting import AnnexRedactForm
from undaunted.repression.dossiers.forms.taking_back import ask_withdrawal, confirm_withdrawal
from undaunted.repression.dossiers.forms.told import (
    PARTS,
    ActIn,
    AnnexIn,
    DetailIn,
    FindingIn,
    LinkIn,
    PartIn,
    PersonIn,
    PostIn,
    ReplyIn,
    StatementIn,
    kept_signs,
    victims_named,
)

__all__ = [
    "PARTS",
    "AccusedForm",
    "ActForm",
    "ActIn",
    "AnnexForm",
    "AnnexIn",
    "AnnexRedactForm",
    "ChangeIn",
    "DetailForm",
    "DetailIn",
    "DossierForm",
    "FindingForm",
    "FindingIn",
    "LinkForm",
    "LinkIn",
    "ListedForm",
    "LookForm",
    "OpenedIn",
    "PartForm",
    "PartIn",
    "PersonIn",
    "PlanIn",
    "PostForm",
    "PostIn",
    "ReplyForm",
    "ReplyIn",
    "StatementForm",
    "StatementIn",
    "SubmissionForm",
    "ask_withdrawal",
    "confirm_withdrawal",
    "kept_signs",
    "laws_offered",
    "offered_told",
    "victims_named",
]
