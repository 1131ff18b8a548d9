"""How the embedded encoder is made. Nothing here is imported to answer a question."""
