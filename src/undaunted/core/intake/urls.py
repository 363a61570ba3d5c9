"""Addresses of the doors, and of the team's desk."""

from django.urls import path

from undaunted.core.intake import pages

__all__ = ["app_name", "desk", "urlpatterns"]

app_name = "intake"

urlpatterns = [
    path("", pages.start, name="start"),
    path("return/", pages.come_back, name="come_back"),
    path("return/write/", pages.write, name="write"),
    path("return/file/<uuid:team>/", pages.add_file, name="add_file"),
    path("check/", pages.check, name="check"),
    path("leave/", pages.leave, name="leave"),
    path("trouble/<slug:why>/", pages.trouble, name="trouble"),
    path("keys/", pages.keys, name="keys"),
    path("sealed/", pages.sealed, name="sealed"),
    path("sealed/draft/", pages.draft, name="draft"),
    path("sealed/file/", pages.whole_file, name="whole_file"),
    path("sealed/file/<uuid:record>/<int:start>/", pages.part, name="part"),
    path("sealed/box/", pages.box, name="box"),
    path("sealed/message/", pages.message, name="message"),
    path("<slug:name>/", pages.door, name="door"),
]

desk = (
    [
        path("", pages.queue, name="queue"),
        path("kit/", pages.kit, name="kit"),
        path("kit/take/", pages.take_kit, name="take_kit"),
        path("kit/<uuid:team>/", pages.kit_download, name="kit_download"),
        path("<uuid:mailbox>/", pages.mailbox_page, name="mailbox"),
        path("<uuid:mailbox>/files/<uuid:attachment>/", pages.file, name="file"),
        path("<uuid:mailbox>/answer/", pages.answer, name="answer"),
        path("<uuid:mailbox>/take/", pages.take, name="take"),
        path("<uuid:mailbox>/move/", pages.move, name="move"),
    ],
    "intake-desk",
)
