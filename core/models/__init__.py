"""Language models: counting, recurrent, attention, Transformer. One protocol over all of them."""
