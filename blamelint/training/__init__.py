"""Training of the classifier on the exemplars; needs the extra `train`. Nothing here runs while linting."""
