"""rides."""
