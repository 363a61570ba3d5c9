"""What is done to the editorial texts of the annual report."""

from undaunted.prisoners.report.actions.exchange import Imported, import_texts
from undaunted.prisoners.report.actions.news import heed_news
from undaunted.prisoners.report.actions.texts import (
    decline_text,
    propose_text,
    review_text,
    sign_text,
    withdraw_text,
    write_text,
)

__all__ = [
    "Imported",
    "decline_text",
    "heed_news",
    "import_texts",
    "propose_text",
    "review_text",
    "sign_text",
    "withdraw_text",
    "write_text",
]
