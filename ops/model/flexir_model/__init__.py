"""FlexIR in Python: the network, its training, and its export to a bundle that the workers run."""

__version__ = "1.0.0"
