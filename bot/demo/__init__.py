"""A stand-in for Telegram and a mailbox, both on loopback only, so that nothing leaves the computer.

Everybody in here is invented. The service itself never imports this package.
"""
