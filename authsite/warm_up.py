"""What the first visitor would otherwise wait for: half a second each for our modules and for botocore's."""

import logging

from django.db import DatabaseError, connections
from django.urls import get_resolver

from flows.cognito import connection
from flows.cognito.client import client_for
from flows.cognito.errors import CognitoError

logger = logging.getLogger(__name__)


def warm_up() -> None:
    """Load every view and make the public Cognito client. Never fails: whoever signs in will be told what is wrong."""
    get_resolver().url_patterns  # noqa: B018 - imports them
    try:
        client_for(connection.current(), signed=False)
    except CognitoError as error:
        logger.warning("No Cognito client yet: %s", error.message)
    except DatabaseError as error:
        logger.warning("No Cognito client yet: %s", error)
    finally:
        connections.close_all()
