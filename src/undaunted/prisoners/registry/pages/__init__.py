"""Pages of the registry: the public ones, and the desk."""
