"""What a reporter fills in: words for every question, and forms made of them."""

from undaunted.core.intake.forms.doors import DoorForm, ReceiptForm, ReplyForm, form_for
from undaunted.core.intake.forms.words import CHOICES, DANGER, DOOR_TITLES, HELPS, LABELS

__all__ = [
    "CHOICES",
    "DANGER",
    "DOOR_TITLES",
    "HELPS",
    "LABELS",
    "DoorForm",
    "ReceiptForm",
    "ReplyForm",
    "form_for",
]
