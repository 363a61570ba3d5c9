"""From the registry's numbers to the annual report: gathered, put into words, traced back."""

from undaunted.prisoners.report.analysis.annual import ANNUAL_REPORT, COUNTRY_SHEET

__all__ = ["ANNUAL_REPORT", "COUNTRY_SHEET"]
