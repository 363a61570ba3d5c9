"""Pages of campaigns: what everybody sees, and the desk."""
