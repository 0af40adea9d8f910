"""A transformer that learns the opinions first, and teaches them to the network in use; needs PyTorch."""
