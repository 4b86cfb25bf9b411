"""`python -m sandbox`: the network on 127.0.0.1 until SIGTERM or Ctrl-C."""

import logging
import sys

import uvicorn

from sandbox.app import build_app
from sandbox.connections import ProtocolWithTransport
from sandbox.environment import BadEnvironment, Environment
from sandbox.ledger import LedgerDamaged, LedgerInUse

# Requests left hanging on purpose must not hold up the end for longer.
SECONDS_TO_FINISH = 1


def main() -> None:
    logging.basicConfig(format="%(asctime)s %(name)s %(levelname)s %(message)s", level=logging.INFO)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        environment = Environment.read()
        app = build_app(environment)
    except (BadEnvironment, LedgerInUse, LedgerDamaged) as error:
        sys.exit(f"sandbox: {error}")
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=environment.port,
        http=ProtocolWithTransport,
        ws="none",
        loop="asyncio",
        access_log=False,
        server_header=False,
        log_config=None,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )


if __name__ == "__main__":
    main()
