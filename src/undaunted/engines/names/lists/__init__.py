"""Many names: read from tables, indexed, searched and screened."""
