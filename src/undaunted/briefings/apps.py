"""Wiring of the subject, and of what areas lend each other: none of them imports another."""

from django.apps import AppConfig

__all__ = ["BriefingsConfig"]


class BriefingsConfig(AppConfig):
    name = "undaunted.briefings"
    label = "briefings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let plans of sanctions read registers of ownership as screening reads them."""
        from undaunted.coercion.screening.readers import (  # noqa: PLC0415 - needs the apps
            FileRefused,
            read_filing,
        )
        from undaunted.repression.sanctions.readers import (  # noqa: PLC0415 - as above
            RegisterReader,
            register_reader,
        )

        endings = frozenset({".json", ".jsonl", ".ndjson", ".xml"})
        register_reader(RegisterReader(endings, read_filing, FileRefused))
