"""Who may do what: the one function that decides it, for every door there is (P1, P6).

Whoever asks stands in some relation to what they ask about, and the table says which relations open which action. A
colleague who takes part in the same young person's reviews has none but their own there (decision 11); one who has left
has none at all. What is not in the table is for nobody. The operator is no actor here: whoever holds the key and the
machine can do all that the command line does without the name of a colleague, and nothing in the program can stop them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from storage.records import Account, Conversation, Duty, Participant, Review, Staff, StaffState
from storage.unit_of_work import UnitOfWork


class Relation(StrEnum):
    """How somebody stands to what they ask about."""

    OWNER = "owner"  # it belongs to the account that asks: nobody else speaks for them
    NAMED_PROFESSIONAL = "named_professional"
    COORDINATOR = "coordinator"
    ADDRESSEE = "addressee"  # an alert or a complaint goes to them
    SAFEGUARDING = "safeguarding"  # the duty, whatever the review
    SERVING = "serving"  # any colleague with the duty professional or coordinator


class Action(StrEnum):
    """What can be asked for."""

    OWN_PART = "answer, change, send and take back what is theirs"
    CHECK_IDENTITY = "say that they checked who it is"
    INVITE_AGAIN = "make a new link in the chat"
    CHANGE_REVIEW = "move it, call it off, remind people once more"
    HAND_OVER = "give it to a colleague"
    SEE_WHAT_WAITS = "see that words wait to be read"
    READ_NOTES = "read words outside a question"
    OPEN_DIGEST = "open the digest"
    PLAY_MEDIA = "hear and see what was sent"
    TYPE_IN_PAPER = "type in what was written on paper"
    MARK_IN_PLACE = "note that a carer acts in place of the young person"
    READ_ALERT = "read what was frozen for the safeguarding team"
    RELEASE_WORDS = "let frozen words into the digest"
    SEE_FIGURES = "see how many alerts there were"
    ANSWER_COMPLAINT = "read and answer a complaint"
    EXPORT = "export all that is kept of a person"
    READ_ALOUD = "read questions aloud for everybody"


class Ruling(StrEnum):
    """Yes, or why not."""

    YES = "yes"
    NOT_THEIRS = "not theirs"
    LEFT = "no longer works here"
    OWN_FAMILY = "takes part in it themselves"

    @property
    def is_yes(self) -> bool:
        """Whether it is allowed."""
        return self is Ruling.YES


_NAMED: Final = frozenset({Relation.NAMED_PROFESSIONAL, Relation.COORDINATOR})
_READER: Final = frozenset({Relation.NAMED_PROFESSIONAL})

TABLE: Final[Mapping[Action, frozenset[Relation]]] = MappingProxyType(
    {
        Action.OWN_PART: frozenset({Relation.OWNER}),
        Action.CHECK_IDENTITY: _NAMED,
        Action.INVITE_AGAIN: _NAMED,
        Action.CHANGE_REVIEW: _NAMED,
        Action.HAND_OVER: _NAMED,
        Action.SEE_WHAT_WAITS: _NAMED,
        Action.READ_NOTES: _READER,
        Action.OPEN_DIGEST: _READER,
        Action.PLAY_MEDIA: _READER,
        Action.TYPE_IN_PAPER: _NAMED,
        Action.MARK_IN_PLACE: _NAMED,
        Action.READ_ALERT: frozenset({Relation.ADDRESSEE}),
        Action.RELEASE_WORDS: frozenset({Relation.ADDRESSEE}),
        Action.SEE_FIGURES: frozenset({Relation.ADDRESSEE}),
        Action.ANSWER_COMPLAINT: frozenset({Relation.ADDRESSEE}),
        Action.EXPORT: frozenset({Relation.COORDINATOR, Relation.SAFEGUARDING}),
        Action.READ_ALOUD: frozenset({Relation.SERVING}),
    }
)

_SERVES: Final = frozenset({Duty.PROFESSIONAL, Duty.COORDINATOR})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: an account, a colleague with whoever they are in reviews themselves, or nobody that is known."""

    account: str = ""
    staff: Staff | None = None
    held: tuple[Participant, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What is asked about. `account` is whose it is, `to` the staff to whom it is addressed."""

    young_person: str = ""
    professional: str = ""
    coordinators: frozenset[str] = frozenset()
    account: str = ""
    to: frozenset[str] = frozenset()


def may(actor: Actor, action: Action, about: About) -> Ruling:
    """Whether this actor may do this, and where not, why."""
    if _relations(actor, about) & TABLE[action]:
        return Ruling.YES
    if actor.staff is not None and actor.staff.state is not StaffState.ACTIVE:
        return Ruling.LEFT
    return Ruling.OWN_FAMILY if _takes_part(actor, about) else Ruling.NOT_THEIRS


def about_review(review: Review) -> About:
    """One review, whoever's part of it."""
    return About(review.young_person_id, review.professional_id, frozenset({review.coordinator_id}))


def is_own(account: Account, conversation: Conversation) -> bool:
    """Whether this conversation belongs to the account that asks: a forged button names somebody else's."""
    about = About(account=conversation.account_id or "")
    return may(Actor(account=account.id), Action.OWN_PART, about) is Ruling.YES


async def colleague(work: UnitOfWork, staff: Staff | None) -> Actor:
    """A member of staff, with whoever they are in reviews themselves."""
    account = staff.account_id if staff is not None else None
    return Actor(account or "", staff, tuple(await work.participants.of_account(account)) if account else ())


def _relations(actor: Actor, about: About) -> frozenset[Relation]:
    found = {Relation.OWNER} if about.account and actor.account == about.account else set()
    staff = actor.staff
    if staff is None or staff.state is not StaffState.ACTIVE or _takes_part(actor, about):
        return frozenset(found)
    stands = {
        Relation.NAMED_PROFESSIONAL: staff.id == about.professional,
        Relation.COORDINATOR: staff.id in about.coordinators,
        Relation.ADDRESSEE: staff.id in about.to,
        Relation.SAFEGUARDING: Duty.SAFEGUARDING in staff.duties,
        Relation.SERVING: bool(staff.duties & _SERVES),
    }
    return frozenset(found | {relation for relation, is_so in stands.items() if is_so})


def _takes_part(actor: Actor, about: About) -> bool:
    """Whether this account is asked about the same young person, in any state: one account has one role there (P1)."""
    return bool(about.young_person) and any(each.young_person_id == about.young_person for each in actor.held)
