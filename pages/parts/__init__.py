"""What several pages share: frame, language, lesson text, charts, training panel, exercises."""
