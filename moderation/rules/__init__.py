"""Rules: what to look for in a text, in a form that a coordinator can write and a machine can check."""
