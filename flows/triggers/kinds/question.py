"""A question in words: a small sum, new each time, or one that each person has an own answer to.

Environment: without any, arithmetic. ``QUESTION`` (such as "What is your customer number?") with
``QUESTION_HASH_ATTRIBUTE`` (such as ``custom:answer_hash``) asks everybody the same, somebody who does not exist too;
the attribute holds the answer hashed as Django hashes passwords, after ``answers.plain``. App clients must have neither
read nor write permission on that attribute. Without a hash no answer is right.
"""

import secrets
from collections.abc import Mapping

from flows.triggers import environment
from flows.triggers.answers import plain, same
from flows.triggers.environment import SettingWrong
from flows.triggers.kinds import Challenge, Person
from flows.triggers.number_words import in_words
from flows.triggers.password_hashes import matches

LARGEST = 20
PERSONAL, SUM = "personal", "sum"


def ask(person: Person) -> Challenge:
    """A sum's answer may be given in digits or in words."""
    question, attribute = environment.text("QUESTION", ""), environment.text("QUESTION_HASH_ATTRIBUTE", "")
    if bool(question) != bool(attribute):
        raise SettingWrong("QUESTION and QUESTION_HASH_ATTRIBUTE need each other")
    if question:
        hashed = person.attributes.get(attribute, "") if person.exists else ""
        return Challenge(public={"question": question}, private={"sort": PERSONAL, "hash": hashed})
    question, answer = _sum()
    return Challenge(
        public={"question": question}, private={"sort": SUM, "answer": str(answer), "words": in_words(answer)}
    )


def check(answer: str, private: Mapping[str, str]) -> bool:
    if private["sort"] == PERSONAL:
        return matches(plain(answer), private["hash"])
    return same(answer, private["answer"]) | same(answer.replace("-", " "), private["words"].replace("-", " "))


def _sum() -> tuple[str, int]:
    larger, smaller = sorted((secrets.randbelow(LARGEST) + 1, secrets.randbelow(LARGEST) + 1), reverse=True)
    if secrets.randbelow(2):
        return f"What is {in_words(larger)} plus {in_words(smaller)}?", larger + smaller
    return f"What is {in_words(larger)} minus {in_words(smaller)}?", larger - smaller
