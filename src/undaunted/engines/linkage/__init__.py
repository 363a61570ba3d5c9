"""Which files may be about one person? Weights of evidence, for a hundred files or for millions.

    found = link(files, alike, model=STANDING)
    found.pairs, found.weighings

Files bring keys under which they meet, and what is known; how alike two names are is told by
whoever asks, since engines stand alone. Splink estimates without labels how often facts agree
among files of one person and of two (`estimate`). A pair is a question for a person, never a
verdict. No files, no network, no clock.
"""

from undaunted.engines.linkage.errors import (
    FilesMalformed,
    LinkageError,
    MemoryExhausted,
    ModelMalformed,
    SparkMissing,
)
from undaunted.engines.linkage.files import Alike, Files, Pair
from undaunted.engines.linkage.levels import LEVELS, Field, Level, level_of_likeness, levels_between
from undaunted.engines.linkage.linking import FEW, Linked, link, weigh_pairs
from undaunted.engines.linkage.model import STANDING, Model
from undaunted.engines.linkage.places import IN_PROCESS, Where
from undaunted.engines.linkage.weighing import Step, Weighing, weigh

__all__ = [
    "FEW",
    "IN_PROCESS",
    "LEVELS",
    "STANDING",
    "Alike",
    "Field",
    "Files",
    "FilesMalformed",
    "Level",
    "LinkageError",
    "Linked",
    "MemoryExhausted",
    "Model",
    "ModelMalformed",
    "Pair",
    "SparkMissing",
    "Step",
    "Weighing",
    "Where",
    "level_of_likeness",
    "levels_between",
    "link",
    "weigh",
    "weigh_pairs",
]
