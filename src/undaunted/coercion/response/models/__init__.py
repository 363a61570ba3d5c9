"""Tables of compacts, episodes and invocations, and the public's views."""

from undaunted.coercion.response.models.compacts import (
    Compact,
    Episode,
    Keepable,
    Member,
    MemberStep,
    RollEntry,
)
from undaunted.coercion.response.models.invocations import (
    Delivery,
    Invocation,
    Note,
    OffRamp,
    Pledge,
    Statement,
    Step,
    Vote,
)
from undaunted.coercion.response.models.published import (
    PublishedCompact,
    PublishedMeasure,
    PublishedMember,
)
from undaunted.coercion.response.models.trials import Trial

__all__ = [
    "Compact",
    "Delivery",
    "Episode",
    "Invocation",
    "Keepable",
    "Member",
    "MemberStep",
    "Note",
    "OffRamp",
    "Pledge",
    "PublishedCompact",
    "PublishedMeasure",
    "PublishedMember",
    "RollEntry",
    "Statement",
    "Step",
    "Trial",
    "Vote",
]
