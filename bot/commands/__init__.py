"""The command line. It works in its own short transactions beside a running bot (decision 38)."""
