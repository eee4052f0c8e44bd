"""Many reviews from one file: read it, find every problem, and plan what has none."""
