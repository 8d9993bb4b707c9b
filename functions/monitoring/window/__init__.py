"""What is said of one window: its columns, errors, segments, soundness."""
