"""Clean and redacted copies of files, pages to look at, and requests for time stamps."""

from undaunted.core.evidence.writers.apart import clean_copy, page_picture, redacted_copy
from undaunted.core.evidence.writers.stamps import stamp_request

__all__ = ["clean_copy", "page_picture", "redacted_copy", "stamp_request"]
