"""RSA keys for the pools of tests. Making two takes longer than most tests, so a few are made and handed out in turn.

No test makes so many pools that two of them share a key.
"""

from itertools import count
from threading import Lock

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from flows.pool.tools import RSA_BITS

_KEPT = 24  # keys, of twelve pools
_keys: list[RSAPrivateKey] = []
_turns = count()
_one_at_a_time = Lock()


def next_key() -> RSAPrivateKey:
    """For ``Tools.rsa_key``."""
    with _one_at_a_time:
        turn = next(_turns) % _KEPT
        if turn == len(_keys):
            _keys.append(generate_private_key(public_exponent=65537, key_size=RSA_BITS))
        return _keys[turn]
