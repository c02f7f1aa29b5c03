"""In which orders challenges can follow each other: read off the pool itself, for its documentation and its tests."""
