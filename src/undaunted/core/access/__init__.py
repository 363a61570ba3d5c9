"""Who may do what: the actor, the one decision function, the database's row protection."""

__all__: list[str] = []
