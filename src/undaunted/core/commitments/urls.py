"""Addresses of commitments: public boards, and the desk's work on them."""

from django.urls import path

from undaunted.core.commitments import pages

__all__ = ["app_name", "desk", "urlpatterns"]

app_name = "commitments"

urlpatterns = [
    path("", pages.index, name="index"),
    path("<slug:instrument>/", pages.board, name="board"),
    path("<slug:instrument>/board.<slug:form>", pages.board_file, name="file"),
    path("<slug:instrument>/statements.<slug:form>", pages.statements_file, name="statements"),
    path("<slug:instrument>/<slug:state>/", pages.state, name="state"),
]

desk = (
    [
        path("", pages.desk_board, name="board"),
        path("import/", pages.take_in, name="import"),
        path("new/<slug:instrument>/", pages.new, name="new"),
        path("<uuid:statement>/", pages.statement_page, name="statement"),
        path("<uuid:statement>/correct/", pages.correct, name="correct"),
        path("<uuid:statement>/accept/", pages.accept, name="accept"),
        path("<uuid:statement>/decline/", pages.decline, name="decline"),
        path("<uuid:statement>/withdraw/", pages.withdraw, name="withdraw"),
    ],
    "commitments-desk",
)
