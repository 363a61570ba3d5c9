"""Forms of coordination: plain fields, each refusal told beside its field."""

from undaunted.repression.coordination.forms.fields import holders_for
from undaunted.repression.coordination.forms.notices import (
    NoticeFileForm,
    NoticeForm,
    NoticeHolderForm,
)
from undaunted.repression.coordination.forms.proposals import (
    AnswerForm,
    InviteForm,
    InvitePartnerForm,
    MomentForm,
    PreparedForm,
    ProposalForm,
    ReasonForm,
    SayForm,
    SeatForm,
    StepForm,
    SubmissionForm,
    TellGuestForm,
    TieForm,
)
from undaunted.repression.coordination.forms.records import (
    AcknowledgeForm,
    CaseForm,
    PartForm,
    PetitionForm,
    ReplyForm,
)

__all__ = [
    "AcknowledgeForm",
    "AnswerForm",
    "CaseForm",
    "InviteForm",
    "InvitePartnerForm",
    "MomentForm",
    "NoticeFileForm",
    "NoticeForm",
    "NoticeHolderForm",
    "PartForm",
    "PetitionForm",
    "PreparedForm",
    "ProposalForm",
    "ReasonForm",
    "ReplyForm",
    "SayForm",
    "SeatForm",
    "StepForm",
    "SubmissionForm",
    "TellGuestForm",
    "TieForm",
    "holders_for",
]
