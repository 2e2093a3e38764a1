"""What is taught: the catalogue, the prose of each lesson, its exercises. No Streamlit, no torch."""
