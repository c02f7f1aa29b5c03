"""E-mail by Django's e-mail backend, which EMAIL_URL configures."""

from django.core.mail import EmailMessage

from flows.pool.tools import Message


def send(pool_id: str, message: Message) -> None:
    """Plain text from DEFAULT_FROM_EMAIL. Raises whatever the backend raises."""
    EmailMessage(subject=message.subject, body=message.text, to=[message.destination]).send()
