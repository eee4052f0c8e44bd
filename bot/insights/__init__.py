"""The wider picture: gathered from what is stored, printed once for each term, without anything of one person."""
