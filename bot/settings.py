"""Typed settings, and what each of them must be. `bot.settings_read` reads them."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.hearing import Command
from bot.timetables import offsets_in
from conversations.open_hours import spans_in
from conversations.retention import periods_in
from storage.engines import database_url
from storage.errors import StorageError
from storage.keyfile import read_key_file
from storage.sealing import KeyRing

PREFIX: Final = "FIRSTHAND_"
ENV_FILE: Final = ".env"
_TOKEN: Final = re.compile(r"[0-9]{4,20}:[A-Za-z0-9_-]{10,}")
_WEBHOOK_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{16,256}")
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class LogFormat(StrEnum):
    """How log lines look."""

    CONSOLE = "console"
    JSON = "json"


class MailSecurity(StrEnum):
    """How the line to the mail server is protected. `none` is accepted on this machine only."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class SettingsError(Exception):
    """One or more settings are missing or wrong; the message has one line for each, with the remedy."""


class Settings(BaseSettings):
    """What the operator decides. Secrets never show in a repr, a log or a process list."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, env_ignore_empty=True, extra="ignore", frozen=True
    )

    token: SecretStr = Field(description="The bot's token, from BotFather.")
    database_url: str = Field("sqlite:///firsthand.db", repr=False, description="SQLite file or PostgreSQL address.")
    keys: SecretStr | None = Field(None, description="Sealing keys: id:base64, newest first, joined by commas.")
    key_file: Path | None = Field(None, validate_default=True, description="A file with them, for your eyes alone.")
    deletions_file: Path | None = Field(None, description="Ids of deleted people. Empty: beside the database.")
    telegram_url: str = Field("https://api.telegram.org", description="Address of the Bot API.")
    webhook_url: str = Field("", description="Public https address, only for `firsthand run --webhook`.")
    webhook_secret: SecretStr | None = Field(None, description="Secret that Telegram sends with every webhook call.")
    webhook_port: int = Field(8080, ge=1, le=65535, description="Local port of the webhook.")
    mail_host: str = Field("", description="Mail server for digests. Empty: no mail is sent.")
    mail_port: int = Field(587, ge=1, le=65535, description="Its port.")
    mail_user: str = Field("", description="User name there.")
    mail_password: SecretStr | None = Field(None, description="Password there.")
    mail_from: str = Field("", validate_default=True, description="Sender address of digests.")
    mail_security: MailSecurity = Field(MailSecurity.STARTTLS, description="starttls, tls, or none (this machine).")
    mail_reply_to: str = Field("", repr=False, description="Where answers to mail go. Empty: to the coordinator.")
    mail_bounces_to: str = Field("", repr=False, description="Where reports of failed mail go. Empty: mail_from.")
    mail_notice_only: bool = Field(default=False, description="Mail says that there is a digest, and holds none of it.")
    mail_media: bool = Field(default=False, description="Attach voices, photos and videos to the digest's mail.")
    mail_limit_mb: int = Field(15, ge=1, le=100, description="How large a mail may be, in megabytes.")
    transcribe_command: str = Field("", repr=False, description="Command that turns voice into text. Empty: none.")
    timetable: str = Field("", description="Your own days of the review's clock, such as: sen_support opening=28.")
    retention: str = Field("", description="How long each kind of data is kept, such as: drafts=60d sent=1s.")
    backup_days: int = Field(7, ge=1, le=365, description="`firsthand check` warns of a backup older than this.")
    scripts_folder: Path | None = Field(None, description="Your own scripts, in place of the ones that come with it.")
    word_template: Path | None = Field(None, description="Your own Word template for the digest.")
    pictures_folder: Path | None = Field(None, description="Your own pictures, with their LICENCE.")
    pictures_mixed: bool = Field(default=False, description="Use your own pictures even where some are missing.")
    languages: str = Field("en", description="Languages that people can choose, such as: en, ur.")
    languages_folder: Path | None = Field(None, description="Your own translations (PO files), used first.")
    draft_languages: bool = Field(default=False, description="Offer translations that nobody has approved yet.")
    safety_phrases: Path | None = Field(None, description="Your own phrases that may mean that somebody is not safe.")
    help_lines: Path | None = Field(None, description="Go-live: your own help lines, with the day of their check.")
    insights: bool = Field(default=False, description="Ask people whether their buttons may be counted.")
    log_format: LogFormat = Field(LogFormat.CONSOLE, description="How log lines look.")
    dpia_reference: str = Field("", description="Go-live: reference of your data protection impact assessment.")
    dpia_date: date | None = Field(None, description="Go-live: its date.")
    privacy_notice: str = Field("", description="Go-live: address of your privacy notice.")
    retention_agreed: date | None = Field(None, description="Go-live: the day your retention schedule was agreed.")
    minimum_age: int | None = Field(
        None, ge=13, le=25, description="Go-live: youngest age for Telegram, as you decided."
    )
    local_links_file: Path | None = Field(None, description="Go-live: a file with advocacy, advice and mediation here.")
    complaints_contact: str = Field("", repr=False, description="E-mail of the colleague who gets complaints.")
    safeguarding_hours: str = Field("", description="Go-live: when the safeguarding team works: Mon-Fri 08:30-16:30.")
    alert_minutes: int = Field(30, ge=5, le=240, description="Minutes of work after which the next person is told.")
    out_of_hours_email: str = Field("", repr=False, description="Go-live: who is told when the team is not there.")
    out_of_hours_phone: str = Field("", description="Go-live: their phone, which people are told.")
    concerns_contact: str = Field("", repr=False, description="Go-live: colleague for a concern about staff.")
    watch_contact: str = Field("", repr=False, description="Go-live: who is told when the bot or its database is off.")
    alert_folder: Path | None = Field(None, description="Where alerts wait while the database is off.")
    demo_clock: Path | None = Field(None, description="Demo only: a file that holds the time. Never set it live.")

    @field_validator("token")
    @classmethod
    def _token_has_its_form(cls, token: SecretStr) -> SecretStr:
        if not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("is not a bot token. Copy it whole from BotFather: digits, a colon, letters")
        return token

    @field_validator("database_url")
    @classmethod
    def _database_is_known(cls, url: str) -> str:
        try:
            known = url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")) and database_url(url)
        except ValueError:
            known = False
        if not known:
            raise ValueError("starts with sqlite:/// and a file name, or is postgresql://<server>/<name>")
        return url

    @field_validator("keys")
    @classmethod
    def _keys_have_their_form(cls, keys: SecretStr | None) -> SecretStr | None:
        try:
            KeyRing.parse(keys.get_secret_value() if keys else KeyRing.generate().reveal())
        except StorageError:
            raise ValueError("is no sealing key. `firsthand keys new` makes one") from None
        return keys

    @field_validator("key_file")
    @classmethod
    def _one_way_to_the_keys(cls, file: Path | None, info: ValidationInfo) -> Path | None:
        if "keys" in info.data and (info.data["keys"] is None) == (file is None):
            raise ValueError(f"or {PREFIX}KEYS: set one of the two. `firsthand keys new` makes a key")
        return file

    @field_validator("telegram_url")
    @classmethod
    def _line_is_encrypted(cls, url: str) -> str:
        if urlsplit(url).scheme != "https" and not _is_here(url):
            raise ValueError("starts with https://, for any machine but this")
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _secret_has_its_form(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not _WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("takes 16 to 256 of these: A-Z, a-z, 0-9, _ and -")
        return secret

    @field_validator("mail_from")
    @classmethod
    def _mail_has_a_sender(cls, sender: str, info: ValidationInfo) -> str:
        if info.data.get("mail_host") and not sender:
            raise ValueError("is missing: the address that digests come from")
        return sender

    @field_validator("mail_security")
    @classmethod
    def _mail_is_encrypted(cls, security: MailSecurity, info: ValidationInfo) -> MailSecurity:
        host = str(info.data.get("mail_host", "")).lower()
        if security is MailSecurity.NONE and host not in {"", *_HERE}:
            raise ValueError("can be none on this machine only. Use starttls or tls")
        return security

    @field_validator("transcribe_command")
    @classmethod
    def _command_can_be_read(cls, line: str) -> str:
        try:
            Command.parse(line)
        except ValueError:
            raise ValueError("has a quotation mark that is not closed") from None
        return line

    @field_validator("timetable")
    @classmethod
    def _days_are_in_order(cls, text: str) -> str:
        offsets_in(text)
        return text

    @field_validator("safeguarding_hours")
    @classmethod
    def _hours_can_be_read(cls, text: str) -> str:
        spans_in(text)
        return text

    @field_validator("retention")
    @classmethod
    def _periods_can_be_read(cls, text: str) -> str:
        periods_in(text)
        return text

    @field_validator("demo_clock")
    @classmethod
    def _demo_is_no_life(cls, clock: Path | None, info: ValidationInfo) -> Path | None:
        if clock is not None and "telegram_url" in info.data and not _is_here(info.data["telegram_url"]):
            raise ValueError("is for the demo only, whose Telegram is on this machine. Take it away")
        return clock

    @property
    def is_demo(self) -> bool:
        """Whether this is the demo: its Telegram is a stand-in on this machine."""
        return self.demo_clock is not None

    @property
    def deletions_path(self) -> Path:
        """Where the ids of deleted people are kept: outside the database, so that its backups do not hold them."""
        if self.deletions_file is not None:
            return self.deletions_file
        return self._beside("deletions")  # the folder of the keys is often read-only, and rightly so

    @property
    def alert_path(self) -> Path:
        """The folder in which alerts wait, sealed, while the database cannot be used."""
        return self.alert_folder or self._beside("alerts")

    def _beside(self, what: str) -> Path:
        """A place beside the SQLite file, else where the bot starts."""
        if not self.database_url.startswith("sqlite:"):
            return Path(f"firsthand.{what}")
        file = Path(database_url(self.database_url).database or "")
        return file.with_name(f"{file.name}.{what}")

    def key_text(self) -> str:
        """The keys, as they are written.

        Raises:
            SettingsError: the key file cannot be read, others may read it, or it holds no key.
        """
        if self.keys is not None:
            return self.keys.get_secret_value()
        try:
            return read_key_file(self.key_file or Path()).reveal()
        except StorageError as error:
            raise SettingsError(f"{PREFIX}KEY_FILE: {error}") from None
        except (OSError, UnicodeError):
            raise SettingsError(f"{PREFIX}KEY_FILE: this file cannot be read. Check its path and its owner.") from None


def _is_here(url: str) -> bool:
    return urlsplit(url).hostname in _HERE
