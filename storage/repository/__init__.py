"""One class for each kind of record: what may be asked and changed. They never commit."""
