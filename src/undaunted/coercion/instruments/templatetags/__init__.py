"""Tags of the subject's pages."""
