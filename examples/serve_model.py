"""A language model on this machine behind 127.0.0.1, for a judge `llm:NAME`: llama.cpp's own server, from a wheel.

Run it in an environment of its own: `python -m venv llama; llama/bin/pip install xllamacpp`, then
`llama/bin/python examples/serve_model.py MODEL.gguf --port 8080`. It serves until it is interrupted.
"""

from __future__ import annotations

import argparse
import contextlib
import threading
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Load the model, say where it listens, serve."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("model", type=Path, help="a GGUF file")
    asked.add_argument("--port", type=int, default=8080, help="0 takes a free one")
    asked.add_argument("--threads", type=int, default=0, help="0 takes every core")
    asked.add_argument("--context", type=int, default=8192, help="tokens of one question with its answer")
    asked.add_argument("--answer", type=int, default=2048, help="tokens of an answer at most")
    wanted = asked.parse_args()
    if not wanted.model.is_file():
        asked.error(f"{wanted.model} is no file")
    llama = import_module("xllamacpp")
    params = llama.CommonParams()
    params.model.path, params.port = str(wanted.model), wanted.port
    # One question at a time: the context is not shared out, and a small machine answers one after the other anyway.
    params.n_ctx, params.n_predict, params.n_parallel = wanted.context, wanted.answer, 1
    if wanted.threads:
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = wanted.threads
    server = llama.Server(params)
    print(f"{server.listening_address}/v1", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        threading.Event().wait()


if __name__ == "__main__":
    main()
