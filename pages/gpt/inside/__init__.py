"""Between the last vector and the text: output table, logit lens, text by loss."""
