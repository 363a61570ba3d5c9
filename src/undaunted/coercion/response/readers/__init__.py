"""Files of scenarios and of episodes, as the engine and the pages take them."""

from undaunted.coercion.response.readers.episode_words import (
    Confidence,
    Demand,
    Deniability,
    Episode,
    EpisodeEvent,
    EpisodeMeasure,
    EpisodeSource,
    MeasureKind,
    Reading,
    Stated,
)
from undaunted.coercion.response.readers.episodes import (
    episode_of,
    read_episode,
    shipped_episodes,
)
from undaunted.coercion.response.readers.measures import read_measures
from undaunted.coercion.response.readers.scenario import (
    VERSION,
    ScenarioFile,
    ScenarioRefused,
    parse_scenario,
    read_scenario,
)

__all__ = [
    "VERSION",
    "Confidence",
    "Demand",
    "Deniability",
    "Episode",
    "EpisodeEvent",
    "EpisodeMeasure",
    "EpisodeSource",
    "MeasureKind",
    "Reading",
    "ScenarioFile",
    "ScenarioRefused",
    "Stated",
    "episode_of",
    "parse_scenario",
    "read_episode",
    "read_measures",
    "read_scenario",
    "shipped_episodes",
]
