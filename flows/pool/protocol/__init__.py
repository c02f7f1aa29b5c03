"""The user-pool protocol around an operation: who may send a request, what it must be, how it is answered."""
