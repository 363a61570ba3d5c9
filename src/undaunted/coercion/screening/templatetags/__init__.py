"""Tags of the pages of screening."""
