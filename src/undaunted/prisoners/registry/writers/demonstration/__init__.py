"""Invented people of the five hypothetical states, as three overlapping lists."""

from undaunted.prisoners.registry.writers.demonstration.lists import (
    DemonstrationList,
    demonstration_lists,
)
from undaunted.prisoners.registry.writers.demonstration.people import InventedPerson, invent_people

__all__ = ["DemonstrationList", "InventedPerson", "demonstration_lists", "invent_people"]
