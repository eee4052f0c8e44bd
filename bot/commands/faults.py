"""What staff are told when a review cannot be planned: each with what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.ordering import Fault
from conversations.timetable import RefusalReason

REFUSALS: Final[Mapping[RefusalReason, str]] = {
    RefusalReason.MEETING_IN_THE_PAST: "The meeting has to be after today. Please check the date.",
    RefusalReason.TOO_FAR: "The meeting is more than two years away. Please check the date.",
    RefusalReason.REASON_NEEDED: (
        "There is less time to prepare than the rules give: ten school days, and two weeks' notice.\n"
        "If it has to be so, say why: --short-notice-reason. The reason is printed in the digest."
    ),
    RefusalReason.NO_TIME: "There is no day left to ask anyone before the meeting. Please choose a later date.",
}

FAULTS: Final[Mapping[Fault, str]] = {
    Fault.NO_SETTING: "First say who you are: `firsthand setting set`.",
    Fault.NO_PROFESSIONAL: "The named professional is not known here. `firsthand staff add` adds them.",
    Fault.NO_COORDINATOR: "The coordinator is not known here. `firsthand staff add` adds them.",
    Fault.NO_NAME: "Everyone needs a first name or initials.",
    Fault.TOO_YOUNG: (
        "This person is not over school leaving age on the day of the meeting, so this script is not for them.\n"
        "Please ask them in another way. Does their home council count in another way? Say why: --age-reason."
    ),
    Fault.TOO_OLD: (
        "This person is 25 before the meeting, so the plan has ended.\n"
        "Does their plan go on until the end of the school year? Say why: --age-reason."
    ),
    Fault.SAME_CARER_TWICE: "Two carers have the same name and relation. Please add an initial to one name.",
    Fault.ANOTHER_PERSON: (
        "This reference belongs to a person with another name or birth date.\n"
        "Please check the reference. Nothing was planned."
    ),
    Fault.PLANNED_ALREADY: "A review on this day is planned already for this reference.",
}
