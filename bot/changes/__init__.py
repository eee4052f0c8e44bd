"""What staff change about a review that stands: its day, whether it takes place, one more reminder."""
