"""Home: three machines answer one prompt, and the course as a map."""
