"""The sound of stored answers: compressed without loss, counted, and deleted as the user chose."""
