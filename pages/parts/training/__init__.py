"""A training on the screen: its knobs, its panel, its pictures; experiments of several trainings."""
