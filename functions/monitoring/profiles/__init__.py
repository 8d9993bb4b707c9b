"""Counts that merge: how rows become profiles, and what the reference keeps of its own."""
