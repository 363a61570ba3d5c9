"""Pages of editions: what everybody reads, and the two people's gate at the desk."""

from undaunted.core.editions.pages.desk import (
    board,
    discard,
    draft_file,
    new_edition,
    own_edition,
    propose,
    publish,
    withdraw,
)
from undaunted.core.editions.pages.public import edition_file, edition_list, edition_page

__all__ = [
    "board",
    "discard",
    "draft_file",
    "edition_file",
    "edition_list",
    "edition_page",
    "new_edition",
    "own_edition",
    "propose",
    "publish",
    "withdraw",
]
