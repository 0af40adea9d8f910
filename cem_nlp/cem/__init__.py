"""The method's calculators: triangle law, seven steps, cost of negative experience."""
