"""Tests of the pure engines: fast, without Django."""
