"""Noto Sans for the writing systems of England's families, under the SIL Open Font License (OFL.txt)."""
