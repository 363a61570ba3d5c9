"""What is known besides a name: birth dates in any calendar, countries, gender, identifiers."""
