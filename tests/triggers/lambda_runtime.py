"""The part of Lambda's Python runtime that a bundle sees: a clean interpreter with the bundle and boto3, nothing else.

``python -I -S lambda_runtime.py <bundle> <runtime's packages> <handler>`` reads a JSON list of ``{"environment",
"event"}`` and writes what the handler returns for each, or ``{"error": ...}``.
"""

import json
import os
import sys
from importlib import import_module


def main(bundle: str, runtime: str, dotted_path: str) -> None:
    sys.path.insert(0, bundle)  # /var/task
    sys.path.append(runtime)  # /var/runtime
    channel, sys.stdout = sys.stdout, sys.stderr
    module, _, name = dotted_path.rpartition(".")
    own = dict(os.environ)
    answers = []
    for call in json.load(sys.stdin):
        os.environ.clear()
        os.environ.update(own | call["environment"])
        try:
            answers.append(getattr(import_module(module), name)(call["event"], None))
        except Exception as error:
            answers.append({"error": repr(error)})
    json.dump(answers, channel)


if __name__ == "__main__":
    main(*sys.argv[1:])
