"""Addresses of accounts: sign-in and second factor (allauth), one's own account, administration."""

from django.urls import include, path

from undaunted.core.accounts import pages

__all__ = ["app_name", "entrance", "urlpatterns"]

app_name = "accounts"

urlpatterns = [
    path("prove/", pages.prove, name="prove"),
    path("sessions/", pages.sessions, name="sessions"),
    path("sessions/end/", pages.end_all, name="end_all"),
    path("sessions/<uuid:session>/end/", pages.end_one, name="end_session"),
    path("panic/", pages.hide, name="panic"),
    path("locks/", pages.locks, name="locks"),
    path("locks/<uuid:lock>/", pages.unlock, name="unlock"),
    path("tokens/", pages.tokens, name="tokens"),
    path("tokens/<int:token>/withdraw/", pages.withdraw_one, name="withdraw_token"),
    path("members/", pages.members, name="members"),
    path("members/<int:membership>/withdraw/", pages.withdraw, name="withdraw_role"),
    path("rights/<uuid:proposal>/approve/", pages.approve, name="approve_rights"),
    path("rights/<uuid:proposal>/decline/", pages.decline, name="decline_rights"),
    path("people/<uuid:whose>/", pages.person, name="person"),
    path("people/<uuid:whose>/renew/", pages.renew, name="renew"),
    path("people/<uuid:whose>/close/", pages.close, name="close"),
]

# The library's names with our own views where a change is recorded.
_factors = [
    path("authenticate/", pages.enter_code, name="mfa_authenticate"),
    path("totp/activate/", pages.activate_totp, name="mfa_activate_totp"),
    path("totp/deactivate/", pages.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", pages.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/generate/",
        pages.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("webauthn/add/", pages.add_webauthn, name="mfa_add_webauthn"),
    path("webauthn/keys/<int:pk>/remove/", pages.remove_webauthn, name="mfa_remove_webauthn"),
]

entrance = [
    path("sign-in/", pages.sign_in, name="account_login"),
    path("sign-out/", pages.sign_out, name="account_logout"),
    path("passphrase/", pages.change_passphrase, name="account_change_password"),
    path("again/", pages.prove_again, name="account_reauthenticate"),
    path("second-factor/", include(_factors)),
    path("second-factor/", include("allauth.mfa.urls")),
]
