"""A memo gathered, put into words, and drawn."""

from undaunted.prisoners.memo.analysis.drawing import (
    MEDIA,
    DrawnFile,
    DrawnMemo,
    draw_memo,
    gather_memo,
)

__all__ = ["MEDIA", "DrawnFile", "DrawnMemo", "draw_memo", "gather_memo"]
