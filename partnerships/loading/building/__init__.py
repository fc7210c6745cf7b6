"""Makes the shipped tables in our own columns from a folder of gathered tables (see `data/README.md`)."""
