"""The safeguarding lead's own files: phrases and help lines. A broken one is set aside, and the operator is told."""

from __future__ import annotations

from bot.settings import Settings
from conversations.catalogue import Own
from conversations.help_lines import own_help_lines
from conversations.problems import Problem
from conversations.safety_file import own_phrases


def own_safety(settings: Settings) -> Own:
    """The phrases and help lines of this setting, read now. What ships stands in for a file with a fault."""
    return Own(own_phrases(settings.safety_phrases)[0], own_help_lines(settings.help_lines)[0])


def own_problems(settings: Settings) -> tuple[Problem, ...]:
    """Everything wrong in the two files."""
    return (*own_phrases(settings.safety_phrases)[1], *own_help_lines(settings.help_lines)[1])
