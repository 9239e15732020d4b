"""How far raters agree: the measures, and their intervals by drawing again."""
