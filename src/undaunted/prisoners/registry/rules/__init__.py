"""What the registry's words mean: mappings, rows, statuses and counts, one noun a module."""
