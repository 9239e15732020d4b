"""How the test model is built: text, synthesis, features, acoustic model, lexicon, graph, files."""
