"""One folder per network: rules, outbound; no domain words."""
