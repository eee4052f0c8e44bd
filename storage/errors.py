"""What can go wrong with the store, each with its remedy. Messages hold no person's words and no parameters."""

# ruff: noqa: N818 - the names say what is the matter, and stand in many `except` lines

from __future__ import annotations


class StorageError(Exception):
    """The family of every error that the store raises on purpose."""

    remedy = "Look at the log of the bot."

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.remedy)


class KeyMissing(StorageError):
    """No key was given, or the data was sealed with a key that is not on the key ring."""

    remedy = "A key is missing. Add every key that was ever used to FIRSTHAND_KEYS, the newest first."


class KeyWrong(StorageError):
    """A key is malformed, or it does not open the data that names it."""

    remedy = "The key does not open this database. Put back the key that belongs to it."


class KeyFileUnsafe(StorageError):
    """Others than its owner may read the key file."""

    remedy = "Other people can read the key file. Run: chmod 600 on it."


class SchemaNewer(StorageError):
    """The database was made by a newer program."""

    remedy = "This database belongs to a newer version of Firsthand. Install that version."


class SchemaOlder(StorageError):
    """The database must be upgraded before it is used."""

    remedy = "This database is from an older version. Run: firsthand db migrate."


class Conflict(StorageError):
    """Another writer was first, or what must be unique is already there. Nothing of this unit was stored."""

    remedy = "Somebody else changed this first. Load it again and repeat."


class DatabaseFull(StorageError):
    """No room is left on the disk. Nothing of this unit was stored."""

    remedy = "The disk of the database is full. Make room; nothing half written was kept."


class DatabaseBusy(StorageError):
    """The database was locked for longer than the time limit. Nothing of this unit was stored."""

    remedy = "Another program holds the database. End it, or wait and try again."


class DatabaseGone(StorageError):
    """The database cannot be reached, read or written."""

    remedy = "The database cannot be used. Check its address, its server and its disk."
