"""Arrays in, Plotly figures out. One picture a file."""
