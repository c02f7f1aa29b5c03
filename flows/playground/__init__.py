"""What decides a flow, to be changed on the demo pool."""
