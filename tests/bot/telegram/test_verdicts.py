from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.calls import Method
from bot.telegram.errors import ServerError, error_for
from bot.telegram.verdicts import Done, End, GiveUp, OtherForm, Retry, Slower, UnknownFile, Verdict, verdict

SECOND = timedelta(seconds=1)
BLOCKED, REJECTED, FAILED = GiveUp(End.BLOCKED), GiveUp(End.REJECTED), GiveUp(End.FAILED)


@pytest.mark.parametrize(
    ("error", "method", "attempts", "expected"),
    [
        (RetryAfter(7), Method.SEND, 900, Slower(7 * SECOND)),
        (Forbidden("Forbidden: bot was blocked by the user"), Method.SEND, 1, BLOCKED),
        (Forbidden("Forbidden: user is deactivated"), Method.EDIT, 1, BLOCKED),
        (BadRequest("Bad Request: chat not found"), Method.SEND, 1, BLOCKED),
        (BadRequest("PEER_ID_INVALID"), Method.DOCUMENT, 1, BLOCKED),
        (BadRequest("Bad Request: message text is empty"), Method.SEND, 1, REJECTED),
        (BadRequest("Bad Request: BUTTON_DATA_INVALID"), Method.EDIT, 1, REJECTED),
        (BadRequest("Bad Request: message is not modified: ..."), Method.EDIT, 1, Done()),
        (BadRequest("Bad Request: message to edit not found"), Method.EDIT_CAPTION, 1, Done()),
        (BadRequest("Bad Request: message can't be edited"), Method.EDIT_BUTTONS, 1, Done()),
        (BadRequest("Bad Request: message to delete not found"), Method.DELETE, 1, Done()),
        (BadRequest("Bad Request: message can't be deleted for everyone"), Method.DELETE, 1, Done()),
        (BadRequest("Bad Request: message is not modified"), Method.SEND, 1, REJECTED),
        (BadRequest("Bad Request: there is no text in the message to edit"), Method.EDIT, 1, OtherForm()),
        (BadRequest("Bad Request: there is no caption in the message to edit"), Method.EDIT_CAPTION, 1, OtherForm()),
        (BadRequest("Bad Request: there is no media in the message to edit"), Method.EDIT_MEDIA, 1, OtherForm()),
        (BadRequest("Bad Request: there is no text in the message to edit"), Method.SEND, 1, REJECTED),
        (BadRequest("Bad Request: message is not modified"), Method.EDIT_MEDIA, 1, Done()),
        (BadRequest("Bad Request: IMAGE_PROCESS_FAILED"), Method.EDIT_MEDIA, 1, Retry(2 * SECOND)),
        (BadRequest("Bad Request: IMAGE_PROCESS_FAILED"), Method.EDIT_MEDIA, 2, OtherForm()),
        (BadRequest("Bad Request: wrong file identifier/HTTP URL specified"), Method.PHOTO, 1, UnknownFile()),
        (BadRequest("Bad Request: wrong file_id or the file is unavailable"), Method.VOICE, 1, UnknownFile()),
        (BadRequest("Bad Request: can't use file of type Voice as Photo"), Method.EDIT_MEDIA, 1, UnknownFile()),
        (BadRequest("Bad Request: IMAGE_PROCESS_FAILED"), Method.PHOTO, 1, Retry(2 * SECOND)),
        (BadRequest("Bad Request: IMAGE_PROCESS_FAILED"), Method.PHOTO, 2, OtherForm()),
        (NetworkError("no"), Method.SEND, 1, Retry(2 * SECOND)),
        (NetworkError("no"), Method.SEND, 4, Retry(16 * SECOND)),
        (TimedOut(), Method.SEND, 299, Retry(300 * SECOND)),
        (TimedOut(), Method.SEND, 300, FAILED),
        (ServerError("500"), Method.SEND, 23, Retry(300 * SECOND)),
        (ServerError("500"), Method.SEND, 24, FAILED),
        (InvalidToken(), Method.SEND, 900, Retry(60 * SECOND)),
        (Conflict("x"), Method.SEND, 1, Retry(60 * SECOND)),
        (ChatMigrated(5), Method.SEND, 1, FAILED),
        (TelegramError("?"), Method.SEND, 1, FAILED),
    ],
)
def test_verdicts(error: TelegramError, method: Method, attempts: int, expected: Verdict) -> None:
    assert verdict(error, method, attempts) == expected


@pytest.mark.parametrize("days", ["true", "false"])
def test_a_span_is_understood_with_and_without_the_librarys_types(
    days: str, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    error = RetryAfter(7)
    monkeypatch.setenv("PTB_TIMEDELTA", days)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("telegram._utils.datetime.warn", lambda *_args, **_more: None)
        assert verdict(error, Method.SEND, 1) == Slower(7 * SECOND)
    assert not recwarn.list


@pytest.mark.parametrize(
    ("code", "payload", "kind", "text"),
    [
        (429, b'{"parameters":{"retry_after":5}}', RetryAfter, "0:00:05"),
        (429, b"<html>", RetryAfter, "0:00:01"),
        (429, b'{"parameters":{"retry_after":-3}}', RetryAfter, "0:00:01"),
        (403, b'{"description":"Forbidden: bot was blocked by the user"}', Forbidden, "blocked"),
        (401, b'{"description":"Unauthorized"}', InvalidToken, "Unauthorized"),
        (404, b'{"error_code":404,"description":"Not Found"}', InvalidToken, "Not Found"),
        (404, b"<html>secret</html>", NetworkError, "HTTP 404"),
        (409, b"{}", Conflict, "HTTP 409"),
        (400, b'{"description":"Bad Request: chat not found"}', BadRequest, "Chat not found"),
        (413, b"secret", BadRequest, "HTTP 413"),
        (302, b"", BadRequest, "HTTP 302"),
        (500, b"[1]", ServerError, "HTTP 500"),
        (599, b"secret", ServerError, "HTTP 599"),
    ],
)
def test_answers_become_errors_that_quote_no_payload(
    code: int, payload: bytes, kind: type[TelegramError], text: str
) -> None:
    error = error_for(code, payload)
    assert type(error) is kind
    assert text in str(error)
    assert "secret" not in str(error)
