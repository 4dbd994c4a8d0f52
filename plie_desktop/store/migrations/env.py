"""Runs migrations on the connection it is handed, inside the transaction under way there."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
