"""The tools: one module and one address each. What they compute is computed by the assistant."""
