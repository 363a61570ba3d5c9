"""Wiring of the subject."""

from django.apps import AppConfig

__all__ = ["RegistryConfig"]


class RegistryConfig(AppConfig):
    name = "undaunted.prisoners.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear news of consent and merging; say how people are erased and held against lists."""
        from undaunted.core.clocks.actions import register_eraser  # noqa: PLC0415 - needs the apps
        from undaunted.core.consent.actions import register_handler  # noqa: PLC0415 - needs the apps
        from undaunted.core.editions.actions import register_edition_kind  # noqa: PLC0415
        from undaunted.core.matching.rules import Named, register_subjects  # noqa: PLC0415
        from undaunted.core.sharing.actions import register_kind  # noqa: PLC0415 - needs the apps
        from undaunted.prisoners.registry.actions.projecting import heed_news  # noqa: PLC0415
        from undaunted.prisoners.registry.actions.retention import (  # noqa: PLC0415
            DECLINED_IMPORT,
            erase_declined_import,
        )
        from undaunted.prisoners.registry.actions.sharing import KINDS  # noqa: PLC0415
        from undaunted.prisoners.registry.analysis import COUNT_SHEET, UNPUBLISHED  # noqa: PLC0415
        from undaunted.prisoners.registry.queries.listed import PEOPLE  # noqa: PLC0415

        for kind in KINDS:
            register_kind(kind)
        register_edition_kind(COUNT_SHEET)
        register_edition_kind(UNPUBLISHED)
        register_subjects(Named.PERSON, PEOPLE)
        register_handler("registry", heed_news)
        register_eraser(DECLINED_IMPORT, erase_declined_import)
