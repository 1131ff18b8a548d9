"""What to answer, and on whose word."""
