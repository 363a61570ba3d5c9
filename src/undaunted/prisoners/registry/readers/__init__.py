"""Lists from outside as frozen rows: files in, rows with line numbers and problems out.

Nothing here touches the database. `open_preview` and `read_rows` read a file through a mapping,
`read_mapping` reads the mapping, `suggest_mapping` drafts one; `explain` tells a problem in the
reader's language.
"""

from undaunted.prisoners.registry.readers.limits import LIMITS, Limits
from undaunted.prisoners.registry.readers.mapping_files import parse_mapping, read_mapping
from undaunted.prisoners.registry.readers.problems import (
    Explanation,
    InvalidMapping,
    UnreadableFile,
    explain,
    explain_unreadable,
    skip_sentence,
)
from undaunted.prisoners.registry.readers.rows import Preview, open_preview, read_rows
from undaunted.prisoners.registry.readers.suggestions import suggest_mapping

__all__ = [
    "LIMITS",
    "Explanation",
    "InvalidMapping",
    "Limits",
    "Preview",
    "UnreadableFile",
    "explain",
    "explain_unreadable",
    "open_preview",
    "parse_mapping",
    "read_mapping",
    "read_rows",
    "skip_sentence",
    "suggest_mapping",
]
