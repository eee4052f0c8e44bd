"""What is remembered, sealed. SQLAlchemy, Alembic and cryptography live here and nowhere else."""
