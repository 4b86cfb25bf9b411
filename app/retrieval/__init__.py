"""Which approved answer is this about, if any?"""
