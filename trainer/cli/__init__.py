"""The command line: thin commands over the catalogue and the services."""
