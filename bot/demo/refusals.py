"""The ways in which Telegram says no, in Telegram's own words."""

from dataclasses import dataclass

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
STALE_QUERY = "query is too old and response timeout expired or query ID is invalid"
MARKUP_TOO_LONG = "reply markup is too long"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One answer with `ok: false`; `retry_after` is in whole seconds."""

    error_code: int
    description: str
    retry_after: int | None = None


class RefusalError(Exception):
    """Raised inside the stand-in where a call is refused; the bot gets it as JSON."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.description)
        self.refusal = refusal


def bad_request(text: str) -> RefusalError:
    """400 with Telegram's prefix."""
    return RefusalError(Refusal(400, f"Bad Request: {text}"))


def forbidden(text: str) -> RefusalError:
    """403 with Telegram's prefix."""
    return RefusalError(Refusal(403, f"Forbidden: {text}"))


def conflict(text: str) -> RefusalError:
    """409 with Telegram's prefix."""
    return RefusalError(Refusal(409, f"Conflict: {text}"))


def too_many(retry_after: int) -> RefusalError:
    """429; `retry_after` is in whole seconds."""
    return RefusalError(Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after))


UNAUTHORIZED = Refusal(401, "Unauthorized")
NO_METHOD = Refusal(404, "Not Found: method not found")
NOT_FOUND = Refusal(404, "Not Found")
TOO_LARGE = Refusal(413, "Request Entity Too Large")
