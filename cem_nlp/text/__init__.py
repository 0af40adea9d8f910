"""Text: normalise, mask personal data, split into turns and clauses, segment, find near-duplicates."""
