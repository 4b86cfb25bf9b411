"""The command line: wiring only. `sayso --help` lists what there is."""
