"""What went over the wire, for the people at this browser: recorded, masked, kept, shown."""
