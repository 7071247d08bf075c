"""Who may look: everyone, or, where Streamlit's secrets name an OpenID Connect provider, whoever it lets in."""

from __future__ import annotations

from importlib.util import find_spec

import streamlit as st

from biopact.app.explorer.panel import plain


def admitted() -> bool:
    """Whether the page may be shown to who asks for it; if not, the way in is offered."""
    if not (st.secrets.load_if_toml_exists() and "auth" in st.secrets):
        return True
    if find_spec("authlib") is None:
        st.error(plain("A login is asked for, but the package Authlib is missing: pip install 'biopact[login]'"))
        return False
    if st.user.is_logged_in:
        with st.sidebar:
            st.caption(
                plain(f"Logged in as {st.user.get('email') or st.user.get('name') or 'somebody without a name'}")
            )
            st.button("Log out", on_click=st.logout)
        return True
    st.markdown("### biopact explorer")
    st.button("Log in", on_click=st.login)
    return False
