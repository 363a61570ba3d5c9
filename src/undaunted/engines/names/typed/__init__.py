"""What somebody typed: signs, scripts, and what is written apart, glued or behind a stroke."""
