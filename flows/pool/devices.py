"""Devices that the pool tracks: which counts as known, and what it must prove."""

from flows.pool.attempt import Attempt


def spares_second_factor(attempt: Attempt) -> bool:
    """Does the device that this attempt names stand for the second factor?"""
    return False


def owes_proof(attempt: Attempt) -> bool:
    """Must the device that this attempt names still prove itself?"""
    return False
