"""Everything that knows how Telegram talks. It decides nothing about conversations and keeps nothing itself.

Loading this package opts in to the library's typed time spans (`PTB_TIMEDELTA`): without it every "retry after"
is a deprecation warning. It must be set before the first answer is read, so it stands at the one place that every
module here passes.
"""

import os

os.environ.setdefault("PTB_TIMEDELTA", "true")
