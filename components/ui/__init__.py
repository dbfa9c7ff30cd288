"""The screen: everything that knows Streamlit, besides the pages and app.py."""
