"""Their own data, from the chat: see it, copy it, delete it, complain (P13)."""
