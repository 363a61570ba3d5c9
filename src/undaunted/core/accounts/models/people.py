"""People, organisations, and the roles that join them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData, Role

__all__ = ["Membership", "Organisation", "User", "UserManager"]


class UserManager(BaseUserManager["User"]):
    """Makes people; there is no superuser in this system."""

    def create_user(self, username: str, passphrase: str) -> User:
        """Record a person who can sign in with `passphrase` (stored under Argon2id)."""
        user = self.model(username=self.model.normalize_username(username))
        user.set_password(passphrase)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in. No e-mail address, no name: what is not held cannot be seized."""

    personal_data = PersonalData(
        holds="chosen user name, passphrase hash (Argon2id), preferred language",
        about="people who work with the platform",
        why="to let them in and to say in the audit trail who acted",
        kept="until the account is closed; then the name is replaced by the id",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(
        _("User name"), max_length=64, unique=True, validators=[UnicodeUsernameValidator()]
    )
    language = models.CharField(max_length=12, default="en")
    is_active = models.BooleanField(default=True)
    demonstration = models.BooleanField(default=False)
    last_login = None

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.username


class Organisation(models.Model):
    """An organisation that holds records and gives people their roles."""

    personal_data = NO_PERSONAL_DATA

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)
    country = models.CharField(max_length=4, blank=True)
    government = models.BooleanField(
        default=False, help_text="A government body: identities only by consent that names it."
    )
    demonstration = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One role of one person in one organisation."""

    personal_data = PersonalData(
        holds="which person has which role where, since when, and who proposed and approved it",
        about="people who work with the platform",
        why="every decision of access rests on it",
        kept="while the role lasts; the audit trail keeps plain ids",
    )

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=[(r.value, r.value) for r in Role])
    since = models.DateTimeField()
    proposed_by = models.UUIDField(null=True)
    approved_by = models.UUIDField(null=True)
    """Both empty where the owner gave it; `proposed_by` alone where one person did, before 0005."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="one_role_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.organisation_id}"
