"""What is done with memos. This is the door: nothing else of it is called from outside."""

from undaunted.prisoners.memo.actions.building import (
    MemoWanted,
    build_memo,
    check_memo,
    draw_open_memo,
    end_memo,
    open_memo_file,
    preview_memo,
    rebuild_memo,
)
from undaunted.prisoners.memo.actions.news import heed_news
from undaunted.prisoners.memo.actions.texts import (
    accept_text,
    confirm_text,
    withdraw_text,
    write_text,
)

__all__ = [
    "MemoWanted",
    "accept_text",
    "build_memo",
    "check_memo",
    "confirm_text",
    "draw_open_memo",
    "end_memo",
    "heed_news",
    "open_memo_file",
    "preview_memo",
    "rebuild_memo",
    "withdraw_text",
    "write_text",
]
