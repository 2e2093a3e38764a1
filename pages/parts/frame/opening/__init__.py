"""What a browser gets before the first page is drawn: the HTML page, Streamlit's files, packed once."""
