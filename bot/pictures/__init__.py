"""Draws boards and mats as PNG. Knows no chat and no database; people's words go in as data, never as markup."""
