"""Finding private data in any text, and veiling it before the text leaves for somebody else's model."""
