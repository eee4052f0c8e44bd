"""`firsthand run`: the live bot, by long polling, or by webhook."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

import typer
import uvicorn
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError

from bot.app import build
from bot.commands.desk import clock_of, fail, settings_or_fail, store
from bot.firsthand import Firsthand
from bot.logs import set_up_logs, without_tokens
from bot.pace import Pace
from bot.settings import Settings, SettingsError
from bot.telegram.errors import WrongTokenError
from bot.telegram.webhook import Doorway, webhook_app
from storage.errors import StorageError

_PATH = "hook"
_CONNECTIONS = 20
"""How many Telegram may open at once; as many again are left for those who only ask whether the bot is well."""
_REFUSED = "Telegram does not accept the bot's token. Copy it again from BotFather: FIRSTHAND_TOKEN."


def run(
    *,
    webhook: Annotated[bool, typer.Option("--webhook", help="Let Telegram call; needs FIRSTHAND_WEBHOOK_URL.")] = False,
) -> None:
    """Serve until stopped. Everything due while it was off is done first."""
    settings = settings_or_fail()
    if webhook and (not settings.webhook_url.startswith("https://") or settings.webhook_secret is None):
        fail("Set FIRSTHAND_WEBHOOK_URL (it starts with https://) and FIRSTHAND_WEBHOOK_SECRET.", 2)
    set_up_logs(settings.log_format)
    try:
        with asyncio.Runner(loop_factory=_loop()) as runner:
            runner.run(_serve(settings, webhook=webhook))
    except (StorageError, SettingsError) as error:
        fail(str(error))
    except (WrongTokenError, InvalidToken):
        fail(_REFUSED, 2)
    except TelegramError as error:
        fail(f"Telegram refuses to begin: {without_tokens(error.message)}.")
    except ExceptionGroup as group:
        if group.subgroup((WrongTokenError, InvalidToken)) is not None:
            fail(_REFUSED, 2)
        if (stored := group.subgroup(StorageError)) is not None:
            fail(str(_first(stored)))
        raise


def _first(group: ExceptionGroup[Exception]) -> Exception:
    error = group.exceptions[0]
    return _first(error) if isinstance(error, ExceptionGroup) else error


async def _serve(settings: Settings, *, webhook: bool) -> None:
    pace = Pace(timedelta(milliseconds=200), timedelta(milliseconds=200), 1) if settings.is_demo else None
    async with store(settings) as database:
        bot = build(settings, database, clock_of(settings), pace)
        try:
            await _greeted(bot)
            serving = asyncio.ensure_future(_by_webhook(bot, settings) if webhook else bot.run())
            loop = asyncio.get_running_loop()
            for name in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(name, serving.cancel)
            with contextlib.suppress(asyncio.CancelledError):
                await serving
        finally:
            await bot.close()


async def _greeted(bot: Firsthand) -> None:
    """Telegram may be away when we start: wait for it, but never for a wrong token."""
    pause = 1.0
    while True:
        try:
            await bot.greet()
        except BadRequest:
            raise  # the library counts it among the troubles of the line; waiting would not help
        except NetworkError:
            await asyncio.sleep(pause)
            pause = min(pause * 2, 60.0)
        else:
            return


async def _by_webhook(bot: Firsthand, settings: Settings) -> None:
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""

    async def ready() -> bool:
        try:
            await bot.database.check()
        except StorageError:
            return False
        return True

    app = webhook_app(bot.inlet, Doorway(_PATH, secret), ready)
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=settings.webhook_port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
        limit_concurrency=2 * _CONNECTIONS,
    )
    server = uvicorn.Server(config)
    address = urlsplit(settings.webhook_url)._replace(path=f"/telegram/{_PATH}").geturl()
    await bot.bot.set_webhook(address, secret_token=secret, max_connections=_CONNECTIONS)
    await bot.run_without_polling(_served(server))


async def _served(server: uvicorn.Server) -> None:
    """Serve; when cancelled, end what is under way and close the port before leaving."""
    serving = asyncio.ensure_future(server.serve())
    try:
        await asyncio.shield(serving)
    finally:
        server.should_exit = True
        await serving


def _loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Uvloop where it can be installed, asyncio's own elsewhere."""
    try:
        import uvloop  # noqa: PLC0415  it is not there on every system
    except ImportError:
        return None
    return uvloop.new_event_loop
