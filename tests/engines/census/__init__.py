"""Tests of the counting rule, against itself written out slowly and against laws."""
