"""Tests of what joins the areas."""
