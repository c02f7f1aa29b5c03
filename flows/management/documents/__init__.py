"""Reference pages that are generated from the code, so that they cannot say otherwise.

Each module has ``PATH`` (below docs/) and ``text()``.
"""

from flows.management.documents import pool_coverage

DOCUMENTS = (pool_coverage,)
