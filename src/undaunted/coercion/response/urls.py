"""Addresses of collective responses and of their designer: public pages, and the desk's."""

from django.urls import path

from undaunted.coercion.response.pages import designer as designer_pages
from undaunted.coercion.response.pages import designer_desk as designer_desk_pages
from undaunted.coercion.response.pages import desk, invocations, keeping, public

__all__ = ["app_name", "designer", "designer_desk", "desk_urls", "urlpatterns"]

app_name = "response"

urlpatterns = [
    path("episodes/", public.episodes, name="episodes"),
    path("episodes/<slug:reference>/", public.episode, name="episode"),
    path("compacts/", public.compacts, name="compacts"),
    path("compacts/<slug:reference>/", public.compact, name="compact"),
]

desk_urls = (
    [
        path("", desk.board, name="board"),
        path("compacts/new/", desk.new_compact, name="new-compact"),
        path("compacts/<slug:reference>/", desk.compact_page, name="compact"),
        path("compacts/<slug:reference>/invite/", desk.invite, name="invite"),
        path("compacts/<slug:reference>/accept/", desk.accept, name="accept"),
        path("compacts/<slug:reference>/leave/", desk.leave, name="leave"),
        path("compacts/<slug:reference>/invitations/", desk.send, name="send"),
        path("compacts/<slug:reference>/confirm/", desk.confirm, name="confirm-membership"),
        path("compacts/<slug:reference>/hide/", desk.hide, name="hide"),
        path("compacts/<slug:reference>/publish/", desk.publish, name="publish"),
        path("compacts/<slug:reference>/withdraw/", desk.withdraw, name="withdraw"),
        path("compacts/<slug:reference>/pledge/", invocations.pledge_beforehand, name="beforehand"),
        path("compacts/<slug:reference>/kept/", keeping.kept_page, name="kept"),
        path("compacts/<slug:reference>/kept/team/", keeping.team, name="team"),
        path("episodes/new/", desk.new_episode, name="new-episode"),
        path("episodes/<slug:reference>/", desk.episode_page, name="episode"),
        path("episodes/<slug:reference>/show/", desk.show, name="show"),
        path("episodes/<slug:reference>/invoke/", desk.invoke_page, name="invoke"),
        path("invocations/<uuid:invocation>/", invocations.invocation_page, name="invocation"),
        path("invocations/<uuid:invocation>/open/", invocations.call_upon, name="open"),
        path("invocations/<uuid:invocation>/move/", invocations.move, name="move"),
        path("invocations/<uuid:invocation>/close/", invocations.close, name="close"),
        path("invocations/<uuid:invocation>/say/", invocations.speak, name="say"),
        path("invocations/<uuid:invocation>/pledge/", invocations.pledge, name="new-pledge"),
        path("invocations/<uuid:invocation>/vote/", invocations.vote, name="vote"),
        path("invocations/<uuid:invocation>/decision/", invocations.declare, name="declare"),
        path("invocations/<uuid:invocation>/reopen/", invocations.reopen, name="reopen"),
        path("invocations/<uuid:invocation>/confirm/", invocations.confirm, name="confirm"),
        path("votes/<uuid:vote>/confirm/", invocations.confirm_own_vote, name="confirm-vote"),
        path("pledges/<uuid:pledge>/", invocations.pledge_page, name="pledge"),
        path("pledges/<uuid:pledge>/publish/", invocations.publish, name="publish-pledge"),
        path("pledges/<uuid:pledge>/withdraw/", invocations.take_back, name="take-back"),
        path("pledges/<uuid:pledge>/deliver/", invocations.deliver, name="deliver"),
        path("deliveries/<uuid:delivery>/withdraw/", invocations.undeliver, name="undeliver"),
        path("pledges/<uuid:pledge>/end/", invocations.end, name="end"),
        path("conditions/<uuid:off_ramp>/met/", invocations.met, name="met"),
    ],
    "response-desk",
)

designer = (
    [
        path("", designer_pages.episodes, name="episodes"),
        path("<slug:episode>/", designer_pages.front, name="front"),
        path("<slug:episode>/front.json", designer_pages.front_file, name="file"),
        path("<slug:episode>/<int:number>/", designer_pages.point, name="point"),
        path("<slug:episode>/<int:number>/point.toml", designer_pages.scenario, name="scenario"),
        path(
            "<slug:episode>/<int:number>/brief.<slug:media>",
            designer_pages.brief,
            name="brief",
        ),
    ],
    "designer",
)

designer_desk = (
    [
        path("", designer_desk_pages.board, name="board"),
        path("<uuid:holder>/<slug:digest>/", designer_desk_pages.front, name="front"),
        path("<uuid:holder>/<slug:digest>/front.json", designer_desk_pages.front_file, name="file"),
        path("<uuid:holder>/<slug:digest>/<int:number>/", designer_desk_pages.point, name="point"),
        path(
            "<uuid:holder>/<slug:digest>/<int:number>/point.toml",
            designer_desk_pages.scenario,
            name="scenario",
        ),
        path(
            "<uuid:holder>/<slug:digest>/<int:number>/brief.<slug:media>",
            designer_desk_pages.brief,
            name="brief",
        ),
    ],
    "designer-desk",
)
