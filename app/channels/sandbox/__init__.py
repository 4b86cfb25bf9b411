"""The sandbox network: a stand-in for any network, in a process of its own."""
