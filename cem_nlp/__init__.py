"""Chinese voice-of-customer pipeline: what customers say, turned into experience scores and decisions."""
