"""The floor of every page, a server with one route that says hello: `python -m bench.hello PORT`."""

import sys

import uvicorn
from fastapi import FastAPI
from starlette.responses import HTMLResponse

bare = FastAPI(openapi_url=None)


@bare.get("/hello")
def hello() -> HTMLResponse:
    return HTMLResponse("<p>hello</p>")


if __name__ == "__main__":
    uvicorn.run(bare, host="127.0.0.1", port=int(sys.argv[1]), access_log=False, log_level="warning")
