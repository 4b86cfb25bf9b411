"""The stand-in network: a process of its own, which shares no code with the product it tests."""
