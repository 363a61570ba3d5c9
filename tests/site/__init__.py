"""Tests of the page frame, components, charts and maps."""
# ruff: noqa: A005 - the folder mirrors src/undaunted/site
