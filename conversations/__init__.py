"""What is said and what may come next. No I/O at run time, no clock, no Telegram, no SQL."""
