"""Telegram, time, mail and wiring. Knows `storage` and `conversations`; neither knows it."""
