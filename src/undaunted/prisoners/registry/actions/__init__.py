"""What is done in the registry: one noun a module."""
