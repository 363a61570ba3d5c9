"""Tests of the ownership engine."""
