"""Looking at CBOR that may be hostile before a library reads it (T101).

python-fido2's reader cuts what is too short without a word, keeps the last of equal keys, and leaves deep nesting to
Python's recursion limit. What passes here is what CTAP2 lets an authenticator write (its section 8, message encoding):
definite lengths, no tags, no floating point, no key twice; RFC 8949 calls it well-formed and valid.
"""

MAXIMUM_DEPTH = 16  # an attestation statement nests three levels

_ARGUMENT_BYTES = {24: 1, 25: 2, 26: 4, 27: 8}
_BYTES, _TEXT, _ARRAY, _MAP, _SIMPLE = 2, 3, 4, 5, 7
_FALSE_AND_TRUE = (20, 21)


def end_of_item(data: bytes, start: int, *, depth: int = MAXIMUM_DEPTH) -> int:
    """Where the item that begins at ``start`` ends. Raises ValueError for anything else than one sound item."""
    if depth == 0:
        raise ValueError("nested too deeply")
    if start >= len(data):
        raise ValueError("cut short")
    kind, argument, at = _head(data, start)
    if kind in (_BYTES, _TEXT):
        at += argument
        if at > len(data):
            raise ValueError("cut short")
        if kind == _TEXT:
            data[at - argument : at].decode()  # UnicodeDecodeError is a ValueError
    elif kind == _ARRAY:
        for _ in range(argument):
            at = end_of_item(data, at, depth=depth - 1)
    elif kind == _MAP:
        at = _end_of_map(data, at, argument, depth=depth - 1)
    return at


def require_sound(data: bytes) -> None:
    """Raise ValueError unless ``data`` is one sound item and nothing behind it."""
    if end_of_item(data, 0) != len(data):
        raise ValueError("something follows")


def _end_of_map(data: bytes, at: int, pairs: int, *, depth: int) -> int:
    keys = set()
    for _ in range(pairs):
        value = end_of_item(data, at, depth=depth)
        if data[at:value] in keys:
            raise ValueError("a key stands twice")
        keys.add(data[at:value])
        at = end_of_item(data, value, depth=depth)
    return at


def _head(data: bytes, start: int) -> tuple[int, int, int]:
    """Major type, argument, and where the head ends."""
    kind, argument, at = data[start] >> 5, data[start] & 31, start + 1
    if kind == _SIMPLE:
        if argument not in _FALSE_AND_TRUE:
            raise ValueError("neither true nor false")
    elif argument >= 24:
        size = _ARGUMENT_BYTES.get(argument)
        if size is None or at + size > len(data):
            raise ValueError("no length")
        argument, at = int.from_bytes(data[at : at + size], "big"), at + size
        if argument < (24 if size == 1 else 1 << 4 * size):
            raise ValueError("a shorter head would do")  # so that equal keys are equal bytes
    if kind == 6:
        raise ValueError("a tag")
    return kind, argument, at
