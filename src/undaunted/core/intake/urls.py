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
        path("compartments/", pages.compartments, name="compartments"),
        path("compartments/<uuid:team>/duty/", pages.on_duty, name="on_duty"),
        path("compartments/<uuid:team>/cover/", pages.cover, name="cover"),
        path("compartments/<uuid:team>/close/", pages.close_sessions, name="close_sessions"),
        path("conflicts/", pages.conflicts, name="conflicts"),
        path("conflicts/<uuid:conflict>/end/", pages.end, name="end"),
        path("emergency/", pages.emergency, name="emergency"),
        path("emergency/<uuid:mailbox>/", pages.break_open, name="break_open"),
        path(
            "emergency/<uuid:mailbox>/files/<uuid:attachment>/",
            pages.emergency_file,
            name="emergency_file",
        ),
        path("alarms/<uuid:alarm>/", pages.acknowledge, name="acknowledge"),
        path("kit/", pages.kit, name="kit"),
        path("kit/take/", pages.take_kit, name="take_kit"),
        path("kit/<uuid:team>/", pages.kit_download, name="kit_download"),
        path("<uuid:mailbox>/", pages.mailbox_page, name="mailbox"),
        path("<uuid:mailbox>/files/<uuid:attachment>/", pages.file, name="file"),
        path("<uuid:mailbox>/files/<uuid:attachment>/play/", pages.play, name="play"),
        path("<uuid:mailbox>/files/<uuid:attachment>/stream/", pages.stream, name="stream"),
        path("<uuid:mailbox>/answer/", pages.answer, name="answer"),
        path("<uuid:mailbox>/agreements/", pages.agree, name="agree"),
        path("<uuid:mailbox>/take/", pages.take, name="take"),
        path("<uuid:mailbox>/give/", pages.give, name="give"),
        path("<uuid:mailbox>/move/", pages.move, name="move"),
        path("<uuid:mailbox>/warn/", pages.warn, name="warn"),
        path("<uuid:mailbox>/relocate/", pages.relocate, name="relocate"),
        path("<uuid:mailbox>/conflict/", pages.declare, name="declare"),
        path("<uuid:mailbox>/keep-out/", pages.keep_out, name="keep_out"),
        path("<uuid:mailbox>/let-in/<uuid:person>/", pages.let_in, name="let_in"),
        path("<uuid:mailbox>/redact/", pages.redact, name="redact"),
        path("<uuid:mailbox>/redacted/<uuid:copy>/", pages.redacted, name="redacted"),
        path("<uuid:mailbox>/exports/", pages.propose, name="propose"),
        path("<uuid:mailbox>/exports/<uuid:export>/approve/", pages.approve, name="approve"),
        path("<uuid:mailbox>/exports/<uuid:export>/refuse/", pages.refuse, name="refuse"),
        path("<uuid:mailbox>/exports/<uuid:export>/fetch/", pages.fetch, name="fetch"),
    ],
    "intake-desk",
)
