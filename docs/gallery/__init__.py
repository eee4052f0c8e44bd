"""Draws everything that a person can be shown, into one folder, to be looked at. No part of the bot."""
