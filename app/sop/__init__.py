"""The standing rules: when something is said, who must sign."""
