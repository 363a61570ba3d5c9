"""Files of requests, measures and injuries; and what documents tell beside their words."""

from undaunted.coercion.instruments.readers.calculations import (
    LARGEST_CALCULATION,
    injury_of_file,
    rows_of_file,
)
from undaunted.coercion.instruments.readers.designs import read_design
from undaunted.coercion.instruments.readers.documents import check_documents, check_written
from undaunted.coercion.instruments.readers.estimates import effect_of, read_injury
from undaunted.coercion.instruments.readers.refusals import FileRefused, Unread
from undaunted.coercion.instruments.readers.requests import RequestFile, read_request, request_of
from undaunted.coercion.instruments.readers.scenarios import (
    LARGEST_RESULT,
    ScenarioResult,
    is_result,
    result_of_scenario,
)
from undaunted.coercion.instruments.readers.traces import traces_in
from undaunted.coercion.instruments.readers.votes import read_votes

__all__ = [
    "LARGEST_CALCULATION",
    "LARGEST_RESULT",
    "FileRefused",
    "RequestFile",
    "ScenarioResult",
    "Unread",
    "check_documents",
    "check_written",
    "effect_of",
    "injury_of_file",
    "is_result",
    "read_design",
    "read_injury",
    "read_request",
    "read_votes",
    "request_of",
    "result_of_scenario",
    "rows_of_file",
    "traces_in",
]
