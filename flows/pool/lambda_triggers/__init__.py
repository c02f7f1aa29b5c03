"""The Lambda triggers of a pool: which is called when, with what, and what its answer changes.

The functions themselves are run by ``flows.pool.lambdas``; those that come with this project are ``flows.triggers``.
"""
