"""Pictures and inputs that lessons share, a package each, with its own program for the browser."""
