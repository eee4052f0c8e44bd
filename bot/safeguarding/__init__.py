"""When somebody may not be safe: alerts, who is told and when, who reads, and what if nobody can be told."""
