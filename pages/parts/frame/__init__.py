"""What every page stands in: language, style, navigation, state, the doors to what computes."""
