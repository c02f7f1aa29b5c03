"""Many calls at the same moment."""

import threading
from collections.abc import Callable
from typing import TypeVar

from botocore.exceptions import ClientError
from django.db import connections

T = TypeVar("T")


class Refused(str):
    """ "Code: message" of a refusal, so that outcomes of a race can be compared and counted."""


def race(racers: int, call: Callable[[], T]) -> list[T | Refused]:
    """What each of ``racers`` threads got, started together; anything but an answer or a refusal is raised."""
    barrier = threading.Barrier(racers)
    results: list[T | Refused] = []
    failures: list[BaseException] = []

    def run() -> None:
        barrier.wait()
        try:
            results.append(call())
        except ClientError as error:
            results.append(Refused(f"{error.response['Error']['Code']}: {error.response['Error']['Message']}"))
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(racers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return results
