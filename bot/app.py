"""The composition root: the only file that knows everybody. Everything is built here by plain calls."""

from __future__ import annotations

import asyncio
from datetime import datetime
from time import monotonic

import structlog

from bot.bank_holidays import bank_holidays
from bot.blocking import on_blocked
from bot.cards import cards_in
from bot.carry_out import CarryOut
from bot.changes.new_reader import SayingNo
from bot.clock import Clock
from bot.delivery import Delivery
from bot.desk import Desk
from bot.digests import Digests
from bot.doors import Doors
from bot.files import DigestFiles, DrawnBoards, Shelves, Source
from bot.firsthand import Firsthand
from bot.golive import Look, lacking
from bot.hearing import Command
from bot.help import HelpCard
from bot.intake import Intake
from bot.joining import Joining
from bot.keeping import keeping
from bot.locks import ChatLocks
from bot.mailing import Mailing
from bot.media_fetch import MediaFetch
from bot.media_files import MEDIA, RECORDING, MediaFiles, RecordingFiles
from bot.menu import StaffMenus, tell_what_is_set_aside
from bot.notices import Notices
from bot.offered import offered
from bot.opening import Opening
from bot.outages import Outages
from bot.outside import Outside
from bot.own_copies import OwnCopies
from bot.own_pages import CARD, PAGE, OwnPages
from bot.own_safety import own_safety
from bot.pace import Pace
from bot.pictures.drawer import drawer_for
from bot.pictures.sets import one_set
from bot.post import Post
from bot.prompts import Prompts
from bot.recording import Studio
from bot.recording_fetch import RecordingFetch
from bot.rights.complaints import Complaining
from bot.rights.copies import COPY, Copies
from bot.rights.counting import Counting
from bot.rights.erasing import Erasing
from bot.rights.office import Rights
from bot.safeguarding.rooms import safeguarding
from bot.settings import Settings
from bot.talking import Talking
from bot.telegram.calls import Calls
from bot.telegram.limiter import Limiter
from bot.telegram.polling import Poller
from bot.telegram.request import make_bot
from bot.telegram.sending import Sender
from bot.telegram.transport import Inlet
from bot.tongues import tongues
from bot.transcribing import Transcribing
from bot.turns import Turns
from conversations import catalogue as catalogues
from conversations.document_words import load_document_words
from conversations.languages import ENGLISH_CODE, load_languages
from conversations.lines import read_lines
from storage.database import Database
from storage.ledger import Ledger
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)


def build(settings: Settings, database: Database, clock: Clock, pace: Pace | None = None) -> Firsthand:
    """Wire everything up. Nothing is read or sent yet, but the scripts."""
    languages = load_languages(settings.languages_folder)
    codes = offered(settings, languages)
    own = own_safety(settings)
    catalogue = catalogues.load(settings.scripts_folder, languages.only((ENGLISH_CODE, *codes)), own)
    tell_what_is_set_aside(catalogue, languages, settings)
    spoken, lines = tongues(languages, catalogue.words, codes), read_lines()
    words = load_document_words()
    bot = make_bot(settings.token.get_secret_value(), settings.telegram_url)
    calls, locks, arrived = Calls(bot), ChatLocks(), asyncio.Event()
    quiet_days = bank_holidays(clock.now().year - 1, clock.now().year + 3)
    post = Post(lines, catalogue.words, clock, spoken)
    notices = Notices(post)
    safe = safeguarding(settings, database, clock, post, catalogue)
    counting = Counting(clock) if settings.insights else None
    carry_out = CarryOut(post, notices, safe.alarm, counting)
    complaining = Complaining(notices, clock, safe.overheard, settings.complaints_contact)
    opening = Opening(catalogue, carry_out, clock)
    digests = Digests(catalogue, post, clock, by_mail=bool(settings.mail_host), notice_only=settings.mail_notice_only)
    outside = Outside(post, notices, clock, complaining, safe.overheard)
    kept = keeping(settings, database, calls, post, clock)
    talking = Talking(opening, carry_out, outside, clock, kept.tidying)
    joining = Joining(post)
    doors = Doors(joining)
    studio = Studio(post, catalogue, clock)
    help_card = HelpCard(calls, lines, spoken, own.help_lines, safe.bell)
    erasing = Erasing(notices, clock, Ledger(settings.deletions_path))
    rights = Rights(post, clock, erasing, complaining, database, counts=settings.insights)

    async def may_invite(work: UnitOfWork, now: datetime) -> bool:
        return not await lacking(Look(settings, work, now, catalogue))

    desk = Desk(joining, post, clock, studio, safe.reading, may_invite)
    cards = cards_in(settings, languages, notices, clock)
    turns = Turns(database, clock, help_card, doors, desk, talking, rights, cards, SayingNo(notices, clock))
    pace = pace or Pace()
    inlet = Inlet(database, clock, arrived.set, help_card.answer_first)
    pictures = one_set(settings.pictures_folder, catalogue.live(), mixed=settings.pictures_mixed)
    drawer = drawer_for(pictures, words)
    others: dict[str, Source] = {MEDIA: MediaFiles(database), RECORDING: RecordingFiles(database)}
    others |= safe.files
    images = drawer.images
    pages = OwnPages(database, catalogue, images)
    others |= {PAGE: pages, CARD: pages, COPY: Copies(database, catalogue, clock, images)}
    shelves = Shelves(DigestFiles(database, words, OwnCopies(catalogue), images), others)
    command = Command.parse(settings.transcribe_command)
    if command is not None and not command.is_there:
        log.error("transcribe_command_missing")
    boards = DrawnBoards(database, drawer, clock)
    sender = Sender(calls, Limiter(pace.limits), shelves, monotonic, boards=boards)
    return Firsthand(
        clock=clock,
        bot=bot,
        poller=Poller(calls, inlet, wait=pace.wait),
        inlet=inlet,
        intake=Intake(database, calls, turns, locks),
        delivery=Delivery(database, sender, clock, on_blocked(database, doors, clock)),
        prompts=Prompts(database, clock, locks, opening, digests, quiet_days),
        mailing=Mailing(database, clock, notices, words, settings, drawer.images),
        media=MediaFetch(database, calls, talking, locks, clock, transcribes=command is not None),
        recordings=RecordingFetch(database, calls, locks, studio),
        transcribing=Transcribing(database, talking, locks, command),
        outages=Outages(database, clock, notices),
        keeping=kept,
        help=help_card,
        safeguarding=safe,
        lines=lines,
        catalogue=catalogue,
        database=database,
        pace=pace,
        arrived=arrived,
        drawer=drawer,
        staff_menus=StaffMenus(bot, lines),
    )
