"""Tags of the subject's templates."""

__all__: list[str] = []
