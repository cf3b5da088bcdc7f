"""The review desk: the only place where Qt lives."""
