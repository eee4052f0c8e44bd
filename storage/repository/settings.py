"""The one setting."""

from __future__ import annotations

from storage.models import SettingRow
from storage.records import Setting
from storage.repository.base import Repository


class Settings(Repository):
    """The school, college or team. There is one, or none yet."""

    async def get(self) -> Setting | None:
        """Return the setting, if it was put."""
        row = await self._find(SettingRow)
        return None if row is None else self._open(SettingRow.body, row.id, row.body, Setting)

    async def put(self, setting: Setting) -> None:
        """Store the setting in place of an earlier one."""
        await self._remove(SettingRow)
        await self._insert(SettingRow(id=setting.id, body=self._seal(SettingRow.body, setting.id, setting)))
