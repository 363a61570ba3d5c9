"""Reads of the registry: one noun a module."""
