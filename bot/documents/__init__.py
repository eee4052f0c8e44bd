"""Digests and letters as documents. What people said is data here, never markup, and is never changed."""
