"""The transformer that reads beside the network, without PyTorch: pieces, windows, weights, calculation."""
