"""One step of an RNN, an LSTM or a GRU, term by term: with small numbers to type over, or a model's own."""
