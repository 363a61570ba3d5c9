"""Instruments against coercion: requests, proceedings, measures, and law to adopt elsewhere."""
