"""What the alert rules find in the last windows, and what of it is new."""
