"""Who says what to whom, one after another: the sequence diagram of a run or of a page of the documentation.

``svg`` draws it, ``mermaid`` writes it for Mermaid, ``text`` says it in words; all three say the same.
"""

from flows.diagrams.messages import Message, Note, Sequence
from flows.diagrams.sequence_drawing import svg
from flows.diagrams.sequence_mermaid import parse as parse_mermaid
from flows.diagrams.sequence_mermaid import write as mermaid
from flows.diagrams.sequence_text import text

__all__ = ["PARTICIPANTS", "Message", "Note", "Sequence", "mermaid", "parse_mermaid", "svg", "text"]

# Who takes part in a sign-in: (key, label).
PARTICIPANTS = (("browser", "Browser"), ("portal", "Portal"), ("pool", "User pool"), ("lambda", "Lambda"))
