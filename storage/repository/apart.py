"""What the repositories of alerts share: they seal under the safeguarding key, and under no other."""

from __future__ import annotations

from sqlalchemy.orm import InstrumentedAttribute
from typing_extensions import override

from storage.bodies import dump, load
from storage.models import cell
from storage.repository.base import B, Repository
from storage.sealing import Sealed


class ApartRepository(Repository):
    """A repository whose values only the safeguarding key opens."""

    @override
    def _seal(self, column: InstrumentedAttribute[Sealed], row: str, body: object) -> Sealed:
        return self._vault.apart.seal(dump(body), cell(column, row))

    @override
    def _open(self, column: InstrumentedAttribute[Sealed], row: str, sealed: Sealed, kind: type[B]) -> B:
        return load(kind, self._vault.apart.open(sealed, cell(column, row)))
