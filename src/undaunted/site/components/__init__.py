"""What the template tags do, as plain functions and frozen values."""

__all__: list[str] = []
