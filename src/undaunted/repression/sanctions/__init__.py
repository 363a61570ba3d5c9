"""Who is listed where under which law, and what each law asks."""

__all__: list[str] = []
