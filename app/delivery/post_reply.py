"""Posting one approved revision: intent, one call, record. Never twice, never unapproved.

The intent is committed before anything leaves. What happened after a call is either certain
(accepted, not accepted, refused) or `unknown`; an unknown is read back from the network, repeated
only under the network's own idempotency key, and otherwise shown to a person.
"""

from app.channels.outbound import NotAccepted, Refused, Unknown
from app.core.clock import utc_now
from app.core.crash_points import crash_point
from app.core.database import transaction
from app.delivery import records
from app.delivery.connectors import connector
from app.delivery.intents import Plan, begin, mark_sending
from app.delivery.models import DeliveryStatus
from app.delivery.turn import turn
from app.drafting.models import Act


def post_reply(revision_id: int) -> None:
    """Bring one approved revision onto its network, or settle what became of an earlier try."""
    with turn(revision_id) as ours:
        if not ours:
            return
        crash_point("delivery.before_intent")
        with transaction() as session:
            plan = begin(session, revision_id, at=utc_now())
        if plan is None:
            return
        crash_point("delivery.intent_committed")
        if plan.status is DeliveryStatus.INTENDED:
            _send(plan)
        else:
            _settle(plan)


def _send(plan: Plan) -> None:
    """Make the call, once, and record what is known of it."""
    with transaction() as session:
        if not mark_sending(session, plan.delivery_id, at=utc_now()):
            return
    crash_point("delivery.before_call")
    try:
        external_id = _call(plan)
    except NotAccepted as fault:
        with transaction() as session:
            records.not_accepted(
                session, plan.delivery_id, str(fault), wait_seconds=fault.retry_after_seconds, at=utc_now()
            )
    except Refused as fault:
        with transaction() as session:
            records.refused(session, plan.delivery_id, str(fault), at=utc_now())
    except Unknown as fault:
        with transaction() as session:
            records.unknown(session, plan.delivery_id, str(fault), at=utc_now())
    else:
        crash_point("delivery.after_call")
        _record_sent(plan, external_id)


def _call(plan: Plan) -> str:
    network = connector(plan.connector)
    if plan.act is Act.CORRECT:
        network.edit(plan.edits, plan.reply.text, key=plan.key)
        return plan.edits
    if plan.act is Act.DELETE:
        network.delete(plan.edits, key=plan.key)
        return plan.edits
    return network.publish(plan.reply, key=plan.key)


def _settle(plan: Plan) -> None:
    """Find out what became of a call nobody can be sure of. Repeat it only where the network knows
    the key, and only while the words may still leave."""
    network = connector(plan.connector)
    try:
        found = (
            None if plan.edits else network.find_post(plan.reply, since=plan.since, known=plan.known_posts)
        )
        repeatable = bool(plan.edits) or network.is_idempotent()
    except Unknown as fault:
        with transaction() as session:
            records.unknown(session, plan.delivery_id, str(fault), at=utc_now())
        return
    if found is not None:
        _record_sent(plan, found)
    elif repeatable and plan.objection is None:
        _send(plan)  # the same key, or a change that is the same when made twice
    else:
        with transaction() as session:
            records.not_found(session, plan.delivery_id, at=utc_now())


def _record_sent(plan: Plan, external_id: str) -> None:
    with transaction() as session:
        records.sent(session, plan.delivery_id, external_id, at=utc_now())
    crash_point("delivery.recorded")
