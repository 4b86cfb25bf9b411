"""What of a brand's voice code can decide: each rule says where it is broken and what to do."""
