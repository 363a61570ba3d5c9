"""Clean copies of files, without what tells who made them; and requests for time stamps."""

from undaunted.core.evidence.writers.apart import clean_copy
from undaunted.core.evidence.writers.stamps import stamp_request

__all__ = ["clean_copy", "stamp_request"]
