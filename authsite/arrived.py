"""What has come of an HTTP request, and whether that is all of it: the worker's question before it gives a thread."""

import enum
import errno
import os
import re

from gunicorn.http.unreader import Unreader

MAXIMUM_HEAD = 64 * 1024

_CONTENT_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r\n", re.IGNORECASE | re.MULTILINE)
_TRANSFER_ENCODING = re.compile(rb"^transfer-encoding:", re.IGNORECASE | re.MULTILINE)
_EXPECT_CONTINUE = re.compile(rb"^expect:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE | re.MULTILINE)


class Stage(enum.Enum):
    """How far a request has come."""

    NOTHING = enum.auto()
    HEAD = enum.auto()
    BODY = enum.auto()  # the head is there
    WHOLE = enum.auto()
    TOO_LONG = enum.auto()  # a head without end


class Arrived(Unreader):  # type: ignore[misc]  # gunicorn has no types
    """The source that gunicorn's parser reads in place of the socket. It never waits."""

    def __init__(self, *, maximum_body: int) -> None:
        """``maximum_body`` in bytes: a longer body is not waited for, since the site refuses it by its length."""
        super().__init__()
        self.maximum_body = maximum_body

    def size(self) -> int:
        """Bytes that nobody has read."""
        return len(self.buf.getvalue())

    def add(self, data: bytes) -> None:
        self.buf.seek(0, os.SEEK_END)
        self.buf.write(data)

    def chunk(self, size_hint: int | None = None) -> bytes:
        """Called by a reader who wants more than there is: of a body that was not waited for, or of no HTTP at all.

        gunicorn then closes the connection.
        """
        raise ConnectionResetError(errno.ECONNRESET, "No more than this has arrived.")

    def stage(self) -> Stage:
        """Of the first request that was not parsed yet.

        Whole is also what gunicorn refuses at sight of the head: two lengths, a length beside a transfer coding, lines
        that end otherwise; what is no HTTP; and chunks, of which Django reads none.
        """
        data = self.buf.getvalue()
        if data in {b"", b"\r\n"}:  # gunicorn skips an empty line before a request (RFC 9112, section 2.2)
            return Stage.NOTHING
        end = data.find(b"\r\n\r\n", 0, MAXIMUM_HEAD)
        if end >= 0:
            return Stage.WHOLE if len(data) >= end + 4 + self._awaited_body(data[: end + 2]) else Stage.BODY
        if b"\n\n" in data or not (data[:1].isalpha() or data[:1] == b"\r"):
            return Stage.WHOLE
        return Stage.HEAD if len(data) < MAXIMUM_HEAD else Stage.TOO_LONG

    def take_expectation(self) -> bool:
        """Whether the client waits for ``100 Continue`` before it sends the body.

        Asked once: the line is taken out of the head, because gunicorn would answer it again.
        """
        head, _, body = self.buf.getvalue().partition(b"\r\n\r\n")
        line, fields = (head + b"\r\n").split(b"\r\n", 1)
        fields, found = _EXPECT_CONTINUE.subn(b"", fields)
        if not found or not line.endswith(b" HTTP/1.1"):  # RFC 9110, section 10.1.1: HTTP/1.0 knows no such answer
            return False
        self.take_buffered()
        self.add(line + b"\r\n" + fields + b"\r\n" + body)
        return True

    def _awaited_body(self, head: bytes) -> int:
        match _CONTENT_LENGTH.findall(head):
            case [length] if int(length) <= self.maximum_body and not _TRANSFER_ENCODING.search(head):
                return int(length)
        return 0
