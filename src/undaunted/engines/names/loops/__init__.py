"""Compiled loops over arrays of words and names; they know neither names nor scripts."""
