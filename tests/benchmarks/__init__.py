"""What things cost. Run by `make bench`; pytest collects nothing here."""
