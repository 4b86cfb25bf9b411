"""Alembic's entry: migrations run on the connection that app.core.migrate hands over."""

from alembic import context

import app.audit.models
import app.conversations.models
import app.core.workers
import app.delivery.models
import app.drafting.models
import app.incidents.models
import app.knowledge.models
import app.llm.models
import app.review.models
import app.staff.models
import app.triage.models
from app.core.database import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
