"""How the encoder's weights are made: PyTorch, none of which the program itself needs."""
