"""On which sentence of a source each sentence of a reply stands, and how firmly."""
