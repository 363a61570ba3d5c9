"""Addresses of campaigns: the public pages, and the desk's."""

from django.urls import path

from undaunted.prisoners.campaigns.pages import adopters, cases, desk, log, public

__all__ = ["app_name", "desk_urls", "urlpatterns"]

app_name = "campaigns"

urlpatterns = [
    path("", public.campaigns, name="list"),
    path("<slug:reference>/", public.one, name="one"),
    path("<slug:reference>/raises/", public.raises, name="raises"),
    path("<slug:reference>/calendar.ics", public.calendar, name="calendar"),
    path("<slug:reference>/files/<uuid:material>/", public.material, name="material"),
]

desk_urls = (
    [
        path("", desk.board, name="board"),
        path("new/", desk.new, name="new"),
        path("cases/<uuid:case>/", cases.case_page, name="case"),
        path("cases/<uuid:case>/mode/", cases.mode, name="mode"),
        path("cases/<uuid:case>/ask/", cases.ask, name="ask"),
        path("cases/<uuid:case>/adopt/", cases.adopt, name="adopt"),
        path("cases/<uuid:case>/files/", cases.material, name="write"),
        path("cases/<uuid:case>/remove/", cases.remove, name="remove"),
        path("adoptions/<uuid:adoption>/end/", cases.stop_adopting, name="end-adoption"),
        path("files/<uuid:material>/", cases.file, name="file"),
        path("files/<uuid:material>/withdraw/", cases.withdraw_file, name="withdraw-file"),
        path("files/<uuid:material>/rewrite/", cases.rewrite_file, name="rewrite-file"),
        path("raises/<uuid:raised>/", log.raise_page, name="raise"),
        path("raises/<uuid:raised>/withdraw/", log.withdraw_entry, name="withdraw-raise"),
        path("<slug:reference>/", desk.campaign_page, name="campaign"),
        path("<slug:reference>/change/", desk.change, name="change"),
        path("<slug:reference>/out/", desk.out, name="out"),
        path("<slug:reference>/withdraw/", desk.withdraw, name="withdraw"),
        path("<slug:reference>/attach/", desk.attach, name="attach"),
        path("<slug:reference>/adopters/", adopters.adopters, name="adopters"),
        path("<slug:reference>/adopters/<uuid:adopter>/agreed/", adopters.agreed, name="agreed"),
        path(
            "<slug:reference>/adopters/<uuid:adopter>/withdraw/",
            adopters.withdraw_one,
            name="withdraw-adopter",
        ),
        path("<slug:reference>/raises/", log.log, name="log"),
        path("<slug:reference>/import/", log.bring_in, name="import"),
        path("<slug:reference>/sheet/", log.sheet, name="sheet"),
        path("<slug:reference>/sheet/<slug:form>/", log.sheet_file, name="sheet-file"),
    ],
    "campaigns-desk",
)
