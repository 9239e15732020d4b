"""How far the machine's rating agrees with marks that people gave."""
