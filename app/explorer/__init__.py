"""The explorer: a Streamlit page that shows the network and the words behind it."""
