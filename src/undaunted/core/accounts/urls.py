"""Addresses of accounts: sign-in and second factor (allauth), administration."""

from django.urls import include, path

from undaunted.core.accounts import pages

__all__ = ["app_name", "entrance", "urlpatterns"]

app_name = "accounts"

urlpatterns = [
    path("prove/", pages.prove, name="prove"),
    path("members/", pages.members, name="members"),
    path("members/<int:membership>/withdraw/", pages.withdraw, name="withdraw_role"),
]

entrance = [
    path("sign-in/", pages.sign_in, name="account_login"),
    path("sign-out/", pages.sign_out, name="account_logout"),
    path("passphrase/", pages.change_passphrase, name="account_change_password"),
    path("again/", pages.prove_again, name="account_reauthenticate"),
    path("second-factor/", include("allauth.mfa.urls")),
]
