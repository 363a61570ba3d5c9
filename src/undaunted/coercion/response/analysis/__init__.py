"""Questions put to the engine, and its answers as plain values."""
