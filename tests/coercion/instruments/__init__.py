"""Proceedings against coercion: requests, stages, measures, comparison."""
