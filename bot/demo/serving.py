"""An ASGI application on a free loopback port that can go down, come back and hang up."""

import asyncio
import contextlib
import socket
from collections.abc import Iterable
from typing import final

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

HOST = "127.0.0.1"


@final
class LoopbackServer:
    """Serves on 127.0.0.1 only; the port stays reserved while the server is down."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        # Bound but never listening: nobody else gets the port, and whoever connects is refused.
        self._reserved = bound(0)
        self.port: int = self._reserved.getsockname()[1]
        self._server: uvicorn.Server | None = None

    async def up(self) -> None:
        """Answer from now on; does nothing if it does so already."""
        if self._server is not None:
            return
        config = uvicorn.Config(
            self._cut_short, interface="asgi3", lifespan="off", ws="none", log_config=None, access_log=False, http="h11"
        )
        config.load()
        # Started by hand rather than by `serve`, which would take over the process's signals.
        self._server = uvicorn.Server(config)
        self._server.lifespan = config.lifespan_class(config)
        await self._server.startup(sockets=[bound(self.port)])
        await self._server.on_tick(0)

    async def down(self) -> None:
        """Break every connection and refuse new ones."""
        server, self._server = self._server, None
        if server is None:
            return
        for listener in server.servers:
            listener.close()
        tasks = list(server.server_state.tasks)
        abort(server.server_state.connections)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for listener in server.servers:
            await listener.wait_closed()

    async def _cut_short(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Only `down` cancels a request, and the connection is broken already: nobody waits.
        with contextlib.suppress(asyncio.CancelledError):
            await self._app(scope, receive, send)

    def hang_up(self, client: tuple[str, int]) -> None:
        """Break the connection of one client without a word."""
        if self._server is not None:
            connections = self._server.server_state.connections
            abort(other for other in connections if getattr(other, "client", None) == client)

    async def close(self) -> None:
        """Go down for good and give the port back."""
        await self.down()
        self._reserved.close()


def bound(port: int) -> socket.socket:
    """A socket on loopback that does not listen yet; port 0 takes a free one.

    Several may be bound to one port, so that one can keep it while another comes and goes.
    """
    # The protocol is named because asyncio turns off Nagle's delay only where it is.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind((HOST, port))
    return listener


def abort(connections: Iterable[object]) -> None:
    """Break the connections of these protocols without a word."""
    for connection in list(connections):
        # Asked by name: the transports of other event loops are no subclass of asyncio's.
        break_off = getattr(getattr(connection, "transport", None), "abort", None)
        if break_off is not None:
            break_off()
