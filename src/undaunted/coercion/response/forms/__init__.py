"""Forms of the desk of responses."""

from undaunted.coercion.response.forms.episodes import EpisodeForms
from undaunted.coercion.response.forms.steps import (
    AcceptForm,
    CompactForm,
    DeliveryForm,
    InviteForm,
    MoveForm,
    PledgeForm,
    SayForm,
    ShowForm,
    StepForm,
    TeamForm,
    TextForm,
    TriggerForm,
    VoteForm,
    holders_for,
)

__all__ = [
    "AcceptForm",
    "CompactForm",
    "DeliveryForm",
    "EpisodeForms",
    "InviteForm",
    "MoveForm",
    "PledgeForm",
    "SayForm",
    "ShowForm",
    "StepForm",
    "TeamForm",
    "TextForm",
    "TriggerForm",
    "VoteForm",
    "holders_for",
]
