"""Tables of the registry: lists and imports, recognition and publication, the projections."""

from undaunted.prisoners.registry.models.candidates import Candidate, Comparison
from undaunted.prisoners.registry.models.lists import (
    ImportBatch,
    ListEntry,
    ListProposal,
    MappingVersion,
    PartyBefore,
    SourceList,
)
from undaunted.prisoners.registry.models.places import PublishedPlace, PublishedPosting
from undaunted.prisoners.registry.models.projections import (
    WITHHELD,
    PublishedCase,
    PublishedCell,
    PublishedDelta,
    PublishedFlow,
    PublishedList,
    PublishedName,
    PublishedPair,
    PublishedPublisher,
    PublishedSegment,
    PublishedSource,
    PublishedSpell,
    PublishedTombstone,
    PublishedVersion,
)
from undaunted.prisoners.registry.models.standing import (
    Approval,
    Change,
    Grouping,
    Publication,
    Recognition,
    StatusProposal,
)

__all__ = [
    "WITHHELD",
    "Approval",
    "Candidate",
    "Change",
    "Comparison",
    "Grouping",
    "ImportBatch",
    "ListEntry",
    "ListProposal",
    "MappingVersion",
    "PartyBefore",
    "Publication",
    "PublishedCase",
    "PublishedCell",
    "PublishedDelta",
    "PublishedFlow",
    "PublishedList",
    "PublishedName",
    "PublishedPair",
    "PublishedPlace",
    "PublishedPosting",
    "PublishedPublisher",
    "PublishedSegment",
    "PublishedSource",
    "PublishedSpell",
    "PublishedTombstone",
    "PublishedVersion",
    "Recognition",
    "SourceList",
    "StatusProposal",
]
