"""Keys and values that are kept: seen growing, counted, timed."""
