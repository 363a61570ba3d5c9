"""Pages of screening at the desk."""
