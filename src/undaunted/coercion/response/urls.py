"""Addresses of collective responses: public pages, and the desk's."""

from django.urls import path

from undaunted.coercion.response.pages import desk, invocations, public

__all__ = ["app_name", "desk_urls", "urlpatterns"]

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
        path("compacts/<slug:reference>/publish/", desk.publish, name="publish"),
        path("compacts/<slug:reference>/withdraw/", desk.withdraw, name="withdraw"),
        path("compacts/<slug:reference>/pledge/", invocations.pledge_beforehand, name="beforehand"),
        path("episodes/new/", desk.new_episode, name="new-episode"),
        path("episodes/<slug:reference>/", desk.episode_page, name="episode"),
        path("episodes/<slug:reference>/show/", desk.show, name="show"),
        path("episodes/<slug:reference>/invoke/", desk.invoke_page, name="invoke"),
        path("invocations/<uuid:invocation>/", invocations.invocation_page, name="invocation"),
        path("invocations/<uuid:invocation>/move/", invocations.move, name="move"),
        path("invocations/<uuid:invocation>/say/", invocations.speak, name="say"),
        path("invocations/<uuid:invocation>/pledge/", invocations.pledge, name="new-pledge"),
        path("invocations/<uuid:invocation>/vote/", invocations.vote, name="vote"),
        path("invocations/<uuid:invocation>/decision/", invocations.declare, name="declare"),
        path("invocations/<uuid:invocation>/confirm/", invocations.confirm, name="confirm"),
        path("votes/<uuid:vote>/confirm/", invocations.confirm_own_vote, name="confirm-vote"),
        path("pledges/<uuid:pledge>/", invocations.pledge_page, name="pledge"),
        path("pledges/<uuid:pledge>/publish/", invocations.publish, name="publish-pledge"),
        path("pledges/<uuid:pledge>/withdraw/", invocations.take_back, name="take-back"),
        path("pledges/<uuid:pledge>/deliver/", invocations.deliver, name="deliver"),
        path("pledges/<uuid:pledge>/end/", invocations.end, name="end"),
        path("conditions/<uuid:off_ramp>/met/", invocations.met, name="met"),
    ],
    "response-desk",
)
