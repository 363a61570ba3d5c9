"""Forms of the desk of screening."""
