"""Addresses of coordination: public tracker and calendar, and the desk's."""

from django.urls import path

from undaunted.repression.coordination.pages import (
    desk,
    elsewhere,
    notices,
    petitions,
    proposals,
    public,
)

__all__ = ["app_name", "desk_urls", "urlpatterns"]

app_name = "coordination"

urlpatterns = [
    path("", public.tracker, name="tracker"),
    path("renewals/", public.calendar, name="calendar"),
    path("renewals.ics", public.calendar_file, name="calendar-file"),
    path("<slug:source>/", public.changes, name="changes"),
    path("<slug:source>/<path:key>/", public.entry, name="entry"),
]

_ONE = "proposals/<uuid:proposal>/"
_PETITION = "petitions/<uuid:petition>/"

desk_urls = (
    [
        path("", desk.board, name="board"),
        path("seats/new/", desk.seat, name="seat"),
        path("seats/<uuid:seat>/confirm/", desk.confirm, name="confirm-seat"),
        path("seats/<uuid:seat>/key/", desk.change_key, name="change-key"),
        path("keys/<uuid:key>/confirm/", desk.confirm_key, name="confirm-key"),
        path("keys/<uuid:key>/withdraw/", desk.withdraw_key, name="withdraw-key"),
        path("proposals/new/", desk.new_proposal, name="new-proposal"),
        path(_ONE, proposals.proposal_page, name="proposal"),
        path(f"{_ONE}announcement.ics", proposals.ics, name="ics"),
        path(f"{_ONE}send/", proposals.send, name="send"),
        path(f"{_ONE}withdraw/", proposals.withdraw, name="withdraw"),
        path(f"{_ONE}seal/", proposals.reseal, name="reseal"),
        path(f"{_ONE}end/", proposals.end, name="end"),
        path(f"{_ONE}end/confirm/", proposals.confirm_end, name="confirm-end"),
        path(f"{_ONE}invite/", proposals.invite, name="invite"),
        path(f"{_ONE}answer/", proposals.answer, name="answer"),
        path(f"{_ONE}say/", proposals.say, name="say"),
        path(f"{_ONE}tie/", proposals.tie, name="tie"),
        path(f"{_ONE}submissions/", proposals.tie_submission, name="tie-submission"),
        path(f"{_ONE}moment/", proposals.moment, name="moment"),
        path(f"{_ONE}moment/confirm/", proposals.confirm_moment, name="confirm-moment"),
        path(f"{_ONE}prepare/", proposals.prepare, name="prepare"),
        path(f"{_ONE}go/", proposals.go, name="go"),
        path(f"{_ONE}go/confirm/", proposals.confirm_own_go, name="confirm-go"),
        path(f"{_ONE}hold/", proposals.hold, name="hold"),
        path(f"{_ONE}partners/", elsewhere.invite, name="invite-partner"),
        path("guests/<uuid:guest>/confirm/", elsewhere.confirm, name="confirm-guest"),
        path("guests/<uuid:guest>/end/", elsewhere.part, name="end-guest"),
        path("guests/<uuid:guest>/end/back/", elsewhere.keep_part, name="keep-guest"),
        path("guests/<uuid:guest>/end/confirm/", elsewhere.confirm_part, name="confirm-end-guest"),
        path(f"{_ONE}packages/<uuid:item>/", elsewhere.put_aside, name="set-aside"),
        path("guests/<uuid:guest>/package/", elsewhere.tell, name="tell-guest"),
        path("elsewhere/<uuid:invitation>/", elsewhere.invitation_page, name="invitation"),
        path("elsewhere/<uuid:invitation>/step/", elsewhere.step, name="step"),
        path("parties/<uuid:party>/confirm/", proposals.confirm_invited, name="confirm-invited"),
        path("cases/new/", desk.new_case, name="new-case"),
        path("cases/<uuid:case>/publish/", desk.publish, name="publish-case"),
        path("cases/<uuid:case>/withdraw/", desk.take, name="withdraw-case"),
        path("notices/", notices.notices, name="notices"),
        path("notices/new/", notices.new_notice, name="new-notice"),
        path("notices/file/", notices.from_file, name="notice-file"),
        path("notices/screen/", notices.screen, name="screen-notices"),
        path("notices/<uuid:notice>/erase/", notices.erase, name="erase-notice"),
        path("petitions/new/", petitions.new_petition, name="new-petition"),
        path(_PETITION, petitions.petition_page, name="petition"),
        path(f"{_PETITION}acknowledge/", petitions.acknowledge, name="acknowledge"),
        path(f"{_PETITION}papers/", petitions.add, name="add-part"),
        path(f"{_PETITION}answer/", petitions.draw_up, name="draw-up"),
        path(f"{_PETITION}answer/<uuid:part>/confirm/", petitions.let_out, name="let-out"),
        path(f"{_PETITION}letter.<slug:media>", petitions.letter, name="letter"),
    ],
    "coordination-desk",
)
