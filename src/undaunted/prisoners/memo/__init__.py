"""Briefing memos: two pages for the evening before a meeting, a note at every fact."""
