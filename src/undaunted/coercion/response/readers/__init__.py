"""Files of scenarios, as the engine takes them."""

from undaunted.coercion.response.readers.scenario import (
    VERSION,
    ScenarioFile,
    ScenarioRefused,
    parse_scenario,
    read_scenario,
)

__all__ = ["VERSION", "ScenarioFile", "ScenarioRefused", "parse_scenario", "read_scenario"]
