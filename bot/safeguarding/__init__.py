"""Alerts to the safeguarding team."""
