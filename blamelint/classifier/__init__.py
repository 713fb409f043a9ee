"""What rules can't name: a small encoder, run by onnxruntime, and what the parse knows, as calibrated probabilities."""
