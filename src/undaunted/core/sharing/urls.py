"""Addresses of sharing."""

from django.urls import path

from undaunted.core.sharing import pages

__all__ = ["app_name", "urlpatterns"]

app_name = "sharing"

urlpatterns = [
    path("", pages.board, name="board"),
    path("keys/", pages.keys, name="keys"),
    path("partners/", pages.partners, name="partners"),
    path("partners/new/", pages.new_partner, name="new-partner"),
    path("partners/<uuid:partner>/", pages.partner_page, name="partner"),
    path("partners/<uuid:partner>/stop/", pages.stop_partner, name="stop-partner"),
    path("circles/new/", pages.new_circle, name="new-circle"),
    path("circles/<uuid:circle>/", pages.circle_page, name="circle"),
    path("circles/<uuid:circle>/leave/", pages.leave, name="leave"),
    path("packages/new/", pages.new_package, name="new-package"),
    path("packages/<uuid:parcel>/", pages.package, name="package"),
    path("packages/<uuid:parcel>/seal/", pages.seal, name="seal"),
    path("packages/<uuid:parcel>/decline/", pages.decline, name="decline"),
    path("copies/<uuid:copy>/", pages.copy_file, name="copy"),
    path("takedowns/<uuid:slip>/", pages.takedown_file, name="takedown"),
    path("arrivals/new/", pages.new_arrival, name="new-arrival"),
    path("arrivals/<uuid:arrival>/", pages.arrival_page, name="arrival"),
    path("items/<uuid:item>/", pages.item_page, name="item"),
    path("items/<uuid:item>/accept/", pages.accept, name="accept"),
    path("items/<uuid:item>/reject/", pages.reject, name="reject"),
    path("receipts/<uuid:taken>/", pages.receipt_file, name="receipt"),
]
