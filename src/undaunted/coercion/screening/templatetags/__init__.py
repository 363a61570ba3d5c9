"""Words of screening in templates."""
