"""How well rules and detectors find what people labelled."""
