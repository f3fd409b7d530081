"""The page in the browser: how it is put together, and what runs in it."""
