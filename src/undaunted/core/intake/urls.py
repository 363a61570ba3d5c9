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
    path("consent/", pages.agreements, name="consent"),
    path("consent/withdraw/", pages.withdraw, name="consent_withdraw"),
    path("check/", pages.check, name="check"),
    path("leave/", pages.leave, name="leave"),
    path("keys/", pages.keys, name="keys"),
    path("sealed/", pages.sealed, name="sealed"),
    path("sealed/box/", pages.box, name="box"),
    path("sealed/message/", pages.message, name="message"),
    path("<slug:name>/", pages.door, name="door"),
]

desk = (
    [
        path("", pages.queue, name="queue"),
        path("<uuid:mailbox>/", pages.mailbox_page, name="mailbox"),
        path("<uuid:mailbox>/files/<uuid:attachment>/", pages.file, name="file"),
        path("<uuid:mailbox>/answer/", pages.answer, name="answer"),
        path("<uuid:mailbox>/agreements/", pages.agree, name="agree"),
        path("<uuid:mailbox>/take/", pages.take, name="take"),
        path("<uuid:mailbox>/move/", pages.move, name="move"),
    ],
    "intake-desk",
)
