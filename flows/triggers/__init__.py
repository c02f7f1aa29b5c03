"""Lambda triggers for a user pool, one ``handler(event, context)`` per file; see docs/triggers.md.

They run on AWS Lambda (Python 3.11 and newer) and here, from the same files. Nothing of ours is imported but siblings,
nothing heavy before it is needed, and every setting is an environment variable.
"""
