"""Results of the registry as bytes for people outside: reject files, exports."""
