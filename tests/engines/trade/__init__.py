"""Tests of what measures cost: laws, closed forms, published tables, finite differences."""
